using System.Text.Json;
using Trading.Events;
using Trading.Http;
using Trading.Kernel;
using Xunit;

namespace Trading.Tests.Http;

public sealed class BodyErrorsTests
{
    [Theory]
    [InlineData("""{"name":"a","other":1}""", "/other", "unknown-member")]
    [InlineData("""{"name":"a","name":"b"}""", "/name", "duplicate-member")]
    [InlineData("""{"creditCode":"91420500MA4AAAA17B"}""", "/name", "required")]
    [InlineData("""{"name":null}""", "/name", "null")]
    [InlineData("""{"name":1}""", "/name", "type")]
    [InlineData("""{"name":"a","contact":{"phone":[]}}""", "/contact/phone", "type")]
    [InlineData("""{"name":"a","contact":{"fax":""}}""", "/contact/fax", "unknown-member")]
    [InlineData("""{"name":"a","creditCode":"1"}""", "/creditCode", "credit-code.length")]
    [InlineData("""{"name":"a\u0001"}""", "/name", "text.control-character")]
    [InlineData("""{"name":"a" """, null, "malformed")]
    [InlineData("x", null, "malformed")]
    [InlineData("", null, "malformed")]
    public void what_the_serializer_complains_of_has_a_code_and_a_place(string json, string? pointer, string code)
    {
        var told = Told(json, Language.Zh);

        Assert.Equal(code, told.Code);
        if (pointer is not null) Assert.Equal(pointer, told.Pointer);
    }

    [Theory]
    [InlineData("""{"name":"a","odd.name":1}""", "/odd.name")]
    [InlineData("""{"name":"a","it's['x']y":1}""", "/it's['x']y")]
    [InlineData("""{"name":"a","contact":{"a[0].b":1}}""", "/contact/a[0].b")]
    [InlineData("""{"name":"a","a/b~c":1}""", "/a~1b~0c")]
    public void an_odd_name_stands_in_its_pointer_as_it_was_written(string json, string pointer) => Assert.Equal(pointer, Told(json, Language.Zh).Pointer);

    /// <summary>A megabyte of it had taken half an hour.</summary>
    [Theory]
    [InlineData("['", "\\n")]
    [InlineData("']", "x")]
    [InlineData("'", "")]
    [InlineData("[0].", "")]
    public async Task a_name_that_looks_like_steps_is_read_once(string part, string end)
    {
        var json = $$"""{"name":"a","{{string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length))}}{{end}}":1}""";
        Assert.Equal("unknown-member", (await Task.Run(() => Told(json, Language.Zh)).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Code);
    }

    [Theory]
    [InlineData("""{"name":"a","other":1}""", "没有此成员。", "There is no such member.")]
    [InlineData("""{"name":"a","creditCode":"1"}""", "统一社会信用代码须为18位。", "A credit code has 18 characters.")]
    public void speaks_both_languages_in_words_of_ours(string json, string zh, string en)
    {
        Assert.Equal(zh, Told(json, Language.Zh).Message);
        Assert.Equal(en, Told(json, Language.En).Message);
    }

    [Fact]
    public void no_word_of_the_serializer_reaches_a_client() => Assert.All(
        ["{\"name\":1}", "{\"name\":null}", "{\"name\":\"a\",\"x\":1}", "x", "{}"],
        json => Assert.DoesNotMatch("System|\\.NET|JSON value|Path|BytePosition", Told(json, Language.En).Message));

    private static ProblemError Told(string json, Language language) => BodyErrors.Told(
        BodyErrors.Of(Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Party>(json, WireJson.Strict))), language);
}
