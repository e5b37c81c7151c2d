using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Contracts;

/// <summary>The schemas of bodies say neither more nor less than the service asks: what they forbid is refused, what they allow is not.</summary>
[Collection(TradingApp.Collection)]
public sealed class ExactnessTests(TradingApp app)
{
    private const string Party = """{ "name": "甲公司", "creditCode": "91350100M000100Y43", "address": "示例市工业路8号", "contact": { "name": "张工", "phone": "0717-0000000", "email": "a@example.org" } }""";

    /// <summary>What the examples leave out.</summary>
    private static readonly Dictionary<string, string> More = new()
    {
        ["registerProcedure"] = $$"""
            {
              "code": "A-1", "agency": {{Party}}, "tradingPlaceCode": "420500", "investmentProjectCode": "2019-430300-47-01-012345",
              "lots": [ {
                "lotId": "001", "title": "教学楼施工", "code": "1", "description": "一栋", "unifiedDealCode": "A01-12420500MB0000019P-20260302-000001-V",
                "estimate": { "form": "amount", "amount": "1812.05", "currency": "CNY", "given": { "text": "0.181205万元", "unit": "wan" } }
              } ],
              "text": "登记", "media": [ "示例市公共资源交易网" ], "sourceUrl": "https://example.org/1",
              "attachments": [ {
                "name": "登记表.pdf", "kind": "tender-documents", "mediaType": "application/pdf", "size": 12345,
                "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "url": "https://example.org/1.pdf"
              } ],
              "disclosure": { "attribute": "active", "secrecyReview": { "reviewer": "李主任", "reviewedAt": "2026-03-01T09:00:00+08:00", "result": "passed" } }
            }
            """,
        ["publishAnnouncement"] = """
            {
              "html": "<p>公告</p>", "ceilingPrice": { "form": "rate", "percent": "20.50", "basis": "下浮率" },
              "documents": { "availableFrom": "2026-03-02T08:00:00+08:00", "availableUntil": "2026-03-20T17:00:00+08:00", "method": "下载", "price": "200.00" },
              "opening": { "at": "2026-03-23T09:00:00+08:00", "place": "一室", "method": "线上" },
              "parcel": {
                "number": "G-1", "location": "城东", "area": { "value": "1200.5", "unit": "square-metre" }, "boundary": "东至路", "currentState": "净地", "use": "住宅",
                "term": "70年", "plotRatio": "2.0", "buildingDensity": "30%", "greenRatio": "35%", "mineral": "铁", "reserves": "100万吨"
              },
              "bidding": { "from": "2026-03-23T09:00:00+08:00", "until": "2026-03-24T09:00:00+08:00", "startPrice": "1000", "increment": "10", "deposit": "100" },
              "listing": { "from": "2026-03-23T09:00:00+08:00", "until": "2026-03-24T09:00:00+08:00", "floorPrice": "1000", "deposit": "100", "buyerConditions": "无", "terms": "无" }
            }
            """,
        ["announceAward"] = """{ "results": [ { "lotId": "001", "outcome": "failed", "reason": "投标人少于三个" } ] }""",
        ["publishCandidates"] = $$"""
            {
              "lots": [ {
                "lotId": "001", "candidates": [ { "rank": 1, "bidder": {{Party}}, "price": { "form": "unit", "amount": "35.00", "per": "吨" } } ],
                "rejected": [ { "bidder": {{Party}}, "reason": "未实质响应" } ]
              } ]
            }
            """,
        ["clarifyDocuments"] = """{ "submission": { "deadline": "2026-03-30T09:00:00+08:00" }, "opening": { "at": "2026-03-30T09:00:00+08:00" } }""",
        ["correctAnnouncement"] = """{ "lots": [ "001" ], "submission": { "deadline": "2026-03-30T09:00:00+08:00" }, "opening": { "at": "2026-03-30T09:00:00+08:00" } }""",
        ["extendDeadline"] = """{ "lots": [ "001" ] }""",
        ["announcePrequalification"] = """{ "consortiumAllowed": true, "objectionChannel": "书面", "opening": { "at": "2026-03-30T09:00:00+08:00" } }""",
        ["decideQualification"] = $$"""{ "results": [ { "lotId": "001", "bidder": {{Party}}, "result": "rejected", "reason": "资质不符" } ] }""",
        ["proposeSoleSource"] = """{ "lots": [ "001" ] }""",
        ["recordOpening"] = $$"""{ "bids": [ { "lotId": "001", "bidder": {{Party}}, "price": { "form": "other", "text": "面议" }, "submittedAt": "2026-03-22T09:00:00+08:00" } ] }""",
        ["resumeProcedure"] = """{ "orderedBy": "示例市住房和城乡建设局" }""",
    };

    public static TheoryData<string> Postings =>
    [
        .. OpenApiContract.OfThisVersion.Operations
            .Where(o => o.Method is "POST" && o.Operation["responses"]!["201"] is not null).Select(o => (string)o.Operation["operationId"]!),
    ];

    [Theory]
    [MemberData(nameof(Postings))]
    public async Task a_body_is_refused_where_its_schema_forbids_it_and_nowhere_else(string operationId)
    {
        var contract = OpenApiContract.OfThisVersion;
        var (_, path, operation) = contract.Operations.Single(o => (string?)o.Operation["operationId"] == operationId);
        var media = operation["requestBody"]!["content"]!["application/json"]!;
        var address = Regex.Replace(path, @"\{\w+}", "019c0a5e-7a10-7000-8000-00000000ffff") + "?dryRun=true";
        var client = app.Client(Routes.All.First(route => route.Method is "POST" && Route.Plain(route.Template) == Route.Plain(path)).Role);

        var variations = Bodies(operationId, media["example"]!).SelectMany(body => Variation.Of(contract, media["schema"]!, body)).ToList();
        Assert.True(variations.Count > 10, $"{variations.Count} variations");
        var offenders = new List<string>();
        foreach (var variation in variations)
        {
            var answer = await client.Post(address, variation.Body);
            var isRefused = answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge;
            if (isRefused == variation.IsAllowed) offenders.Add($"{operationId} {variation.Name} {(variation.IsAllowed ? "allowed" : "forbidden")}, but {(int)answer.Status}: {answer.Json["errors"]?.ToJsonString()}");
        }

        Assert.True(offenders.Count is 0, string.Join(Environment.NewLine, offenders));
    }

    [Theory]
    [InlineData("/v1/notices")]
    [InlineData("/v1/procedures")]
    [InlineData("/v1/statistics/notices", "&by=year")]
    [InlineData("/v1/statistics/procedures", "&by=year")]
    public async Task a_parameter_is_refused_where_its_schema_forbids_it_and_nowhere_else(string path, string along = "")
    {
        var contract = OpenApiContract.OfThisVersion;
        var client = app.Client(role: null);
        var offenders = new List<string>();
        await Try("unknown=1", isAllowed: false);
        foreach (var parameter in contract.Document["paths"]![path]!["get"]!["parameters"]!.AsArray().Select(contract.Resolve).Where(p => (string?)p!["in"] is "query"))
        {
            var (name, told) = ((string)parameter!["name"]!, parameter["schema"]!);
            var schema = contract.Resolve(told["items"] ?? told)!;
            var values = schema["enum"]?.AsArray().Select(value => (string)value!).ToList() ?? [];
            await Try($"{name}=", isAllowed: false);
            foreach (var value in values) await Try($"{name}={value}{(name is "sort" or "highlight" ? "&q=学校" : "")}", isAllowed: true);   // some of them go with words alone
            if (values.Count > 1) await Try($"{name}={values[0]},{values[1]}", isAllowed: told["items"] is not null);
            if (values.Count > 0 || schema["pattern"] is not null || schema["format"] is not null) await Try($"{name}=§", isAllowed: false);
            if (schema["example"] is { } example) await Try($"{name}={example}", isAllowed: true);
            if ((int?)schema["minimum"] is { } least) await Bounds(name, least, least - 1);
            if ((int?)schema["maximum"] is { } most) await Bounds(name, most, most + 1);
            if ((int?)schema["maxLength"] is { } longest) await Try($"{name}={new string('x', longest + 1)}", isAllowed: false);
            if (schema["pattern"] is null && name is not "cursor" && schema["maxLength"] is { } free) await Try($"{name}={new string('x', (int)free)}", isAllowed: true);
        }

        Assert.True(offenders.Count is 0, string.Join(Environment.NewLine, offenders));

        async Task Bounds(string name, int within, int beyond)
        {
            await Try($"{name}={within}", isAllowed: true);
            await Try($"{name}={beyond}", isAllowed: false);
        }

        async Task Try(string query, bool isAllowed)
        {
            var answer = await client.Get($"{path}?{query}{(query.StartsWith("by=", StringComparison.Ordinal) ? "" : along)}");
            if (answer.Status is HttpStatusCode.OK != isAllowed) offenders.Add($"{query}: {answer.Body}");
        }
    }

    private static IEnumerable<JsonNode> Bodies(string operationId, JsonNode example)
    {
        yield return example;
        if (!More.TryGetValue(operationId, out var more)) yield break;
        var whole = example.DeepClone().AsObject();
        foreach (var (name, value) in JsonNode.Parse(more)!.AsObject()) whole[name] = value?.DeepClone();
        yield return whole;
    }
}
