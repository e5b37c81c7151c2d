using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;
using Trading.Kernel;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class WireJsonTests
{
    private sealed record Body(string Name, int Count, Colour? Colour = null, IReadOnlyList<string>? Words = null, DateTimeOffset? At = null, Body? Inner = null)
    {
        [JsonIgnore]
        public bool Short => Name.Length is 1;
    }

    private enum Colour { Red, DarkBlue }

    [Fact]
    public void reads_what_the_contract_names() => Assert.Equal(
        new Body("甲", 3, Colour.DarkBlue), JsonSerializer.Deserialize<Body>("""{"count":3,"name":"甲","colour":"dark-blue"}""", WireJson.Strict));

    [Theory]
    [InlineData("""{"name":"a","count":1,"other":1}""")]
    [InlineData("""{"name":"a","name":"a","count":1}""")]
    [InlineData("""{"Name":"a","count":1}""")]
    [InlineData("""{"name":"a"}""")]
    [InlineData("""{"name":null,"count":1}""")]
    [InlineData("""{"name":1,"count":1}""")]
    [InlineData("""{"name":"a","count":"1"}""")]
    [InlineData("""{"name":"a","count":1.5}""")]
    [InlineData("""{"name":"a","count":1e400}""")]
    [InlineData("""{"name":"a","count":1,"colour":1}""")]
    [InlineData("""{"name":"a","count":1,"colour":"red,dark-blue"}""")]
    [InlineData("""{"name":"a","count":1,"colour":"DarkBlue"}""")]
    [InlineData("""{"name":"a","count":1,"colour":"Red"}""")]
    [InlineData("""{"name":"a","count":1,"colour":" red"}""")]
    [InlineData("""{"name":"a","count":1,"colour":""}""")]
    [InlineData("""{"name":"a","count":1,"colour":"\ud83d"}""")]
    [InlineData("""{"name":"a","count":1,"at":"\ud83d"}""")]
    [InlineData("""{"name":"a","count":1,"short":true}""")]
    [InlineData("""{"name":"a","count":1,"colour":"green"}""")]
    [InlineData("""{"name":"a","count":1,}""")]
    [InlineData("""{"name":"a","count":1} {}""")]
    [InlineData("""{"name":"a",/* */"count":1}""")]
    [InlineData("""{"name":"a","count":NaN}""")]
    [InlineData("""{"name":"a\u0000","count":1}""")]
    [InlineData("""{"name":"a\u0007","count":1}""")]
    [InlineData("""{"name":"a\u0085","count":1}""")]
    [InlineData("""{"name":"\ud83d","count":1}""")]
    [InlineData("""{"name":"a","count":1,"words":["b\u001b"]}""")]
    [InlineData("""{"name":"a","count":1,"words":"b"}""")]
    [InlineData("""{"name":"a","count":1,"at":"2026-01-01"}""")]
    [InlineData("[]")]
    [InlineData("")]
    public void refuses_everything_else_as_bad_json(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Body>(json, WireJson.Strict));

    [Theory]
    [InlineData(WireJson.DeepestNesting, true)]
    [InlineData(WireJson.DeepestNesting + 1, false)]
    public void nests_no_deeper_than_it_says(int depth, bool read)
    {
        var json = string.Concat(Enumerable.Repeat("""{"name":"a","count":1,"inner":""", depth - 1)) + """{"name":"a","count":1}""" + new string('}', depth - 1);
        var thrown = Record.Exception(() => JsonSerializer.Deserialize<Body>(json, WireJson.Strict));

        Assert.Equal(read, thrown is null);
        if (!read) Assert.IsType<JsonException>(thrown);
    }

    [Fact]
    public void what_is_stored_may_hold_more_than_the_code_knows() =>
        Assert.Equal("a", JsonSerializer.Deserialize<Body>("""{"name":"a","count":1,"of a later version":1}""", WireJson.Stored)!.Name);

    [Fact]
    public void writes_plain_text_and_leaves_out_what_is_not_there() => Assert.Equal(
        """{"name":"甲<b>&+'\"\\\n","count":0,"colour":"dark-blue"}""", JsonSerializer.Serialize(new Body("甲<b>&+'\"\\\n", 0, Colour.DarkBlue), WireJson.Stored));

    [Fact]
    public void text_without_control_characters_survives() => Gen.String.Sample(text =>
    {
        if (text.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r')) || text.Any(char.IsSurrogate)) return;
        Assert.Equal(text, JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(text, WireJson.Strict), WireJson.Strict));
    });

    [Fact]
    public void characters_beyond_the_first_plane_survive() =>
        Assert.Equal("𠮷😀", JsonSerializer.Deserialize<string>("\"\\ud842\\udfb7😀\"", WireJson.Strict));
}
