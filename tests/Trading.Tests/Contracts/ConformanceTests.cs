using System.Net;
using System.Text.Json.Nodes;
using Trading.Tests.Harness;
using Xunit;
using Xunit.Sdk;

namespace Trading.Tests.Contracts;

/// <summary>What guards every answer in every test is itself seen to refuse.</summary>
public sealed class ConformanceTests
{
    private const string Path = "/v1/procedures/019c0a5e-7a10-7000-8000-000000000001/history";
    private const string Body = """{"procedureId":"019c0a5e-7a10-7000-8000-000000000001","items":[]}""";

    [Fact]
    public void takes_an_answer_the_document_tells() => Hold(Answer());

    [Fact]
    public void refuses_a_status_the_document_does_not_tell() => Refuses(Answer() with { Status = HttpStatusCode.Accepted });

    [Fact]
    public void refuses_an_answer_without_a_header_it_must_have() =>
        Refuses(Answer() with { Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" } });

    [Fact]
    public void refuses_another_media_type() =>
        Refuses(Answer() with { Headers = new Dictionary<string, string> { ["Content-Type"] = "text/plain", ["ETag"] = "\"1\"" } });

    [Theory]
    [InlineData("""{"items":[]}""")]
    [InlineData("""{"procedureId":"019c0a5e","items":[]}""")]
    [InlineData("""{"procedureId":"019c0a5e-7a10-7000-8000-000000000001","items":null}""")]
    [InlineData("""{"procedureId":"019c0a5e-7a10-7000-8000-000000000001","items":[{"version":1}]}""")]
    public void refuses_a_body_its_schema_does_not_allow(string body) => Refuses(Answer() with { Body = body });

    [Theory]
    [InlineData("""{"form":"amount","amount":1}""")]
    [InlineData("""{"form":"amount","amount":"1,000"}""")]
    [InlineData("""{"form":"rate","amount":"1"}""")]
    [InlineData("""{"form":"none"}""")]
    [InlineData("""{"amount":"1"}""")]
    [InlineData("""{"form":"amount","amount":"1","other":true}""")]
    public void a_price_is_one_of_its_forms_and_nothing_else(string price) => Assert.NotEmpty(Errors("Price", price));

    [Theory]
    [InlineData("""{"form":"amount","amount":"18120535.85","currency":"CNY","given":{"text":"1812.053585万元","unit":"wan"}}""")]
    [InlineData("""{"form":"rate","percent":"20.50","basis":"下浮率"}""")]
    [InlineData("""{"form":"unit","amount":"35.00","per":"吨"}""")]
    [InlineData("""{"form":"other","text":"面议"}""")]
    public void every_form_of_a_price_is_allowed(string price) => Assert.Empty(Errors("Price", price));

    private static Answer Answer() =>
        new(HttpStatusCode.OK, Body, new Dictionary<string, string> { ["Content-Type"] = "application/json; charset=utf-8", ["ETag"] = "\"1\"" });

    private static void Hold(Answer answer) => OpenApiContract.OfThisVersion.Hold("GET", Path, null, answer);

    private static void Refuses(Answer answer) => Assert.ThrowsAny<XunitException>(() => Hold(answer));

    private static IReadOnlyList<string> Errors(string schema, string json) => OpenApiContract.Errors(
        OpenApiContract.OfThisVersion.Schema(new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/" + schema } }), json);
}
