using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.Kernel;
using Trading.Vault;
using Xunit;

namespace Trading.Tests.Vault;

public sealed class UnsealingTests
{
    private static readonly Dictionary<string, byte[]> openings = new()
    {
        ["d-name"] = Opening("name", "\"张工\""),
        ["d-phone"] = Opening("phone", "\"0717-\\\"0\\\"\""),
        ["d-contact"] = Opening("contact", """{"name":"𠮷<b>","all":[1,null,true]}"""),
    };

    [Theory]
    [InlineData("""{"a":1,"_sd":["d-phone","d-name"]}""", """{"a":1,"name":"张工","phone":"0717-\"0\""}""")]
    [InlineData("""{"_sd":["d-name"],"a":{"b":[1,2]}}""", """{"a":{"b":[1,2]},"name":"张工"}""")]
    [InlineData("""{"a":1,"_sd":["d-name"],"b":2}""", """{"a":1,"b":2,"name":"张工"}""")]
    [InlineData("""{"_sd":["d-name"]}""", """{"name":"张工"}""")]
    [InlineData("""{"_sd":["gone"]}""", "{}")]
    [InlineData("""{"a":1,"_sd":["gone"]}""", """{"a":1}""")]
    [InlineData("""{"_sd":[],"a":1}""", """{"a":1}""")]
    [InlineData("""[{"in":{"_sd":["d-name"]},"_sd":["d-phone"]},{"x":{"y":{"_sd":["d-name","gone"],"z":0}}}]""", """[{"in":{"name":"张工"},"phone":"0717-\"0\""},{"x":{"y":{"z":0,"name":"张工"}}}]""")]
    [InlineData("""{"text":"\"_sd\":[\"d-name\"]","_sd":["d-name"]}""", """{"text":"\"_sd\":[\"d-name\"]","name":"张工"}""")]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    public void what_was_sealed_comes_last_in_its_object_and_no_digest_is_left(string json, string opened) => Assert.Equal(opened, Open(json));

    /// <summary>Written as the serializer writes it, to the byte.</summary>
    [Fact]
    public void a_value_is_written_in_the_dialect_of_the_wire()
    {
        var value = JsonNode.Parse("""{"name":"𠮷<b>","all":[1,null,true]}""");
        Assert.Equal($$"""{"contact":{{JsonSerializer.Serialize(value, WireJson.Stored)}}}""", Open("""{"_sd":["d-contact"]}"""));
    }

    [Fact]
    public void the_digests_of_all_objects_are_found() =>
        Assert.Equal(["1", "2", "3"], Unsealing.Digests("""{"a":{"_sd":["1"]},"b":[{"_sd":["2","3"]}],"_sd":[]}"""u8).Order());

    private static string Open(string json) => Encoding.UTF8.GetString(Unsealing.Of(Encoding.UTF8.GetBytes(json), openings));

    private static byte[] Opening(string name, string value) => Encoding.ASCII.GetBytes(Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"""["salt","{name}",{value}]""")));
}
