using System.Text;
using System.Text.Json;
using CsCheck;
using Trading.Kernel;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{"b":1,"a":2}""", """{"a":2,"b":1}""")]
    [InlineData("{ \"\u20ac\" : 1, \"\\r\" : 2, \"\ufb33\" : 3, \"1\" : 4, \"\ud83d\ude00\" : 5, \"\u0080\" : 6, \"\u00f6\" : 7 }", "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}")]
    [InlineData("""["\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/"]""", "[\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"]")]
    [InlineData("""[null, true, false, 0, -1, 9007199254740991]""", "[null,true,false,0,-1,9007199254740991]")]
    [InlineData("""{"aa":{"ab":[],"a":{}},"a":"  "}""", """{"a":"  ","aa":{"a":{},"ab":[]}}""")]
    public void a_value_is_written_as_rfc_8785_says(string given, string canonical) => Assert.Equal(canonical, Written(given));

    [Theory]
    [InlineData("1.5")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("9007199254740992")]
    [InlineData("-9007199254740992")]
    [InlineData("12345678901234567890123")]
    [InlineData("""{"a":1,"a":1}""")]
    public void what_readers_may_understand_differently_is_not_written(string given) =>
        Assert.Throws<InvalidDataException>(() => Written(given));

    [Fact]
    public void the_order_of_members_changes_nothing_and_writing_twice_neither() => Gen.Dictionary(Gen.String[Gen.Char['!', '龥'], 1, 5], Gen.Int)[0, 8].Sample(members =>
    {
        var forward = JsonSerializer.Serialize(members);
        var backward = JsonSerializer.Serialize(members.Reverse().ToDictionary());
        Assert.Equal(Written(forward), Written(backward));
        Assert.Equal(Written(forward), Written(Written(forward)));
    });

    private static string Written(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Encoding.UTF8.GetString(CanonicalJson.Write(document.RootElement));
    }
}
