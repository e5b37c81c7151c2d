using System.Text;
using System.Text.Json.Nodes;
using Trading.Http;
using Xunit;

namespace Trading.Tests.Http;

public sealed class NullItemsTests
{
    [Theory]
    [InlineData("[null]", "/0")]
    [InlineData("""{"a":[1,null]}""", "/a/1")]
    [InlineData("""{"a":[{"b":[[],[null]]}]}""", "/a/0/b/1/0")]
    [InlineData("""{"x":{"y":[]},"a":[[1,2],{"b":null},null]}""", "/a/2")]
    [InlineData("""{"a/b":{"~":[null]}}""", "/a~1b/~0/0")]
    [InlineData("""[{"a":null},"null",null,null]""", "/2")]
    public void the_first_is_found_with_its_pointer(string json, string pointer) => Assert.Equal(pointer, First(json));

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"a":null,"b":{"c":null},"d":[{"e":null}],"f":["null",0,false,""]}""")]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("[1,]")]
    [InlineData("[nul")]
    [InlineData("{\"a\":[1}")]
    [InlineData("{\"\\ud800\":[1]}")]
    public void a_null_that_is_a_member_is_none_and_what_is_no_json_has_none(string json) => Assert.Null(First(json));

    [Fact]
    public void deeper_than_anything_is_read_there_is_none() => Assert.Null(First(new string('[', 100) + "null" + new string(']', 100)));

    /// <summary>Documents by chance, from a seed, with one null item each.</summary>
    [Fact]
    public void wherever_it_stands_its_pointer_leads_to_it()
    {
        var random = new Random(20_260_302);
        for (var i = 0; i < 500; i++)
        {
            var document = Branch(random, 5);
            var arrays = Arrays(document, "").ToList();
            var (array, path) = arrays[random.Next(arrays.Count)];
            var at = random.Next(array.Count + 1);
            array.Insert(at, null);

            Assert.True(First(document.ToJsonString()) == $"{path}/{at}", $"not {path}/{at} of {document.ToJsonString()}");
        }
    }

    private static string? First(string json) => NullItems.FirstIn(Encoding.UTF8.GetBytes(json));

    private static JsonArray Branch(Random random, int depth) =>
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => Node(random, depth - 1))];

    private static JsonNode Node(Random random, int depth) => depth is 0 ? JsonValue.Create(random.Next()) : random.Next(5) switch
    {
        0 => JsonValue.Create("null"),
        1 => JsonValue.Create(false),
        2 => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(n => KeyValuePair.Create($"m{n}/~", random.Next(4) is 0 ? null : (JsonNode?)Node(random, depth - 1)))),
        _ => Branch(random, depth),
    };

    private static IEnumerable<(JsonArray Array, string Path)> Arrays(JsonNode? node, string path) => node switch
    {
        JsonArray array => array.SelectMany((item, i) => Arrays(item, $"{path}/{i}")).Prepend((array, path)),
        JsonObject members => members.SelectMany(member => Arrays(member.Value, $"{path}/{member.Key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}")),
        _ => [],
    };
}
