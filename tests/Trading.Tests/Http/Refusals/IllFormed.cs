using System.Text.Json.Nodes;
using static System.Net.HttpStatusCode;

namespace Trading.Tests.Http.Refusals;

/// <summary>JSON of the contract whose values are not what their standards ask: codes, times, money, cases of closed sets.</summary>
internal static class IllFormed
{
    public static IEnumerable<Refusal> Cases =>
    [
        .. Routes.Postings.SelectMany(EveryMember),

        // 统一社会信用代码, GB 32100
        Code("/initiator/creditCode", "", "credit-code.length"), Code("/initiator/creditCode", "11420500011052607", "credit-code.length"),
        Code("/initiator/creditCode", "11420500011052607I", "credit-code.alphabet"), Code("/initiator/creditCode", "11420500011052607x", "credit-code.alphabet"),
        Code("/initiator/creditCode", "１１４２０５０００１１０５２６０７X", "credit-code.alphabet"), Code("/initiator/creditCode", "B1420500011052607X", "credit-code.authority"),
        Code("/initiator/creditCode", "1142050A011052607X", "credit-code.registry-region"), Code("/initiator/creditCode", "11420500011052607A", "credit-code.check-character"),

        // 行政区划代码, GB/T 2260
        Code("/regionCode", "4205", "region-code.form"), Code("/regionCode", "42050a", "region-code.form"), Code("/regionCode", "４２０５００", "region-code.form"),
        Code("/regionCode", "420599", "region-code.unknown"), Code("/tradingPlaceCode", "000000", "region-code.unknown"),

        // 公共资源交易分类
        Code("/classCode", "A1", "class-code.form"), Code("/classCode", "a01", "class-code.form"), Code("/classCode", "F01", "class-code.letter"),

        // 投资项目统一代码, 统一交易标识码, lots' keys
        Code("/investmentProjectCode", "2025-420500-47-01", "investment-project-code.form"),
        Code("/investmentProjectCode", "2025-999999-47-01-012345", "investment-project-code.region"),
        Code("/lots/0/unifiedDealCode", "A01-12420500MB0000019P-20260301-000001", "deal-code.form"),
        Code("/lots/0/unifiedDealCode", "A01-12420500MB0000019P-20260231-000001-A", "deal-code.form"),
        Code("/lots/0/lotId", "", "lot-id.form"), Code("/lots/0/lotId", "标段一", "lot-id.form"), Code("/lots/0/lotId", "a b", "lot-id.form"),
        Code("/lots/0/lotId", new string('1', 33), "lot-id.form"), Code("/lots/0/lotId", "../1", "lot-id.form"),

        // Money
        Code("/lots/0/estimate/amount", "-1", "yuan.form"), Code("/lots/0/estimate/amount", "1,000", "yuan.form"), Code("/lots/0/estimate/amount", "007", "yuan.form"),
        Code("/lots/0/estimate/amount", "1.1234567", "yuan.form"), Code("/lots/0/estimate/amount", "NaN", "yuan.form"), Code("/lots/0/estimate/amount", "１", "yuan.form"),
        Code("/lots/0/estimate/currency", "cny", "price.currency"), Code("/lots/0/estimate/form", "barter", null),
        Set(Routes.Register, "/lots/0/estimate", """{"amount":"1"}""", "discriminator.missing"),
        Set(Routes.Register, "/lots/0/estimate", """{"form":"rate","percent":"-1"}""", "percent.form"),
        Set(Routes.Register, "/lots/0/estimate", """{"form":"unit","amount":"35.00","per":" "}""", "price.per"),
        Set(Routes.Register, "/lots/0/estimate", """{"form":"other","text":""}""", "price.text"),
        Set(Routes.Register, "/lots/0/estimate", """{"form":"amount","amount":1}""", null),
        Set(Routes.Register, "/lots/0/estimate", """{"form":"amount","amount":"1","percent":"1"}""", "unknown-member"),
        Set(Routes.Register, "/lots/0/durationDays", "0", "inclusive-between"), Set(Routes.Register, "/lots/0/durationDays", "1.5", "type"),
        Set(Routes.Register, "/lots/0/durationDays", "\"30\"", "type"), Set(Routes.Register, "/statutory", "\"true\"", "type"), Set(Routes.Register, "/statutory", "1", "type"),
        Set(Routes.Register, "/category", "1", "type"), Set(Routes.Register, "/category", "\"land,mineral\"", "type"), Set(Routes.Register, "/category", "\"0\"", "type"),
        Set(Routes.Register, "/category", "\"Engineering\"", "type"), Set(Routes.Register, "/category", "\" engineering\"", "type"), Set(Routes.Register, "/category", "\"\"", "type"),
        Set(Routes.Register, "/method", "\"raffle\"", "type"), Set(Routes.Register, "/lots", "[]", "not-empty"), Set(Routes.Register, "/title", "\" \"", "not-empty"),
        Set(Routes.Register, "/initiator", "\"示例市教育局\"", "type"), Set(Routes.Register, "/lots", "{\"0\":{}}", "type"), Set(Routes.Register, "/category", "\"\\ud800\"", null),
        Set(Routes.Register, "/initiator/creditCode", "\"\\ud800\"", null), Set(Routes.Register, "/lots/0/estimate/form", "\"\\ud800\"", null),
        Set(Routes.Register, "/lots/0/estimate/form", "1", null), Set(Routes.Register, "/lots/0/estimate/form", "null", null),

        // Times, days, months, periods
        Time("2026-07-01T09:00:00"), Time("2026-07-01"), Time("2026-07-01 09:00:00+08:00"), Time("2026-02-30T09:00:00+08:00"), Time("2026-07-01T25:00:00+08:00"),
        Time("2026-07-01T09:00:00+99:00"), Time("2026-07-01T09:00:00 Asia/Shanghai"), Time("0001-01-01T00:00:00Z"), Time("9999-12-31T23:59:59Z"), Time("1782867600"), Time(""),
        Time("二〇二六年七月一日"), Set(Routes.Announcement, "/submission/deadline", "1782867600", "time.form"),
        Set(Routes.Contracts, "/signedOn", "\"2026-02-30\"", "type"), Set(Routes.Contracts, "/signedOn", "\"2026-04-10T09:00:00+08:00\"", "type"),
        Set(Routes.Contracts, "/signedOn", "20260410", "type"), Set(Routes.Contracts, "/period", """{"from":"2027-01-01","until":"2026-01-01"}""", "period-order"),
        Set(Routes.Plan, "/expectedMonth", "\"2026-13\"", "month"), Set(Routes.Plan, "/expectedMonth", "\"2026-7\"", "month"), Set(Routes.Plan, "/expectedMonth", "\"1999-12\"", "month"),
        Set(Routes.Candidates, "/publicity", """{"from":"2026-06-05","until":"2026-06-01"}""", "period-order"),
        Set(Routes.Candidates, "/publicity/until", "\"2026-06-31\"", "time.form"),
        Set(Routes.Announcement, "/documents/availableUntil", "\"2026-05-01T09:00:00+08:00\"", "greater-than"),

        // Cases of closed sets, and the ids of what is spoken of
        Set(Routes.Correction, "/corrects", "\"1\"", "type"), Set(Routes.Correction, "/corrects", "\"01H8XGJWBWBAQ4ZS0000000000\"", "type"), Set(Routes.Correction, "/subject", "\"price\"", "type"),
        Set(Routes.Correction, "/changes", "[]", "not-empty"), Set(Routes.Qualification, "/results/0/result", "\"maybe\"", "type"), Set(Routes.Qualification, "/results", "[]", "not-empty"),
        Set(Routes.Opening, "/bids", "[]", "not-empty"), Set(Routes.Opening, "/bids/0/durationDays", "-1", "inclusive-between"), Set(Routes.Opening, "/bids/0/bidder/name", "\"\"", "not-empty"),
        Set(Routes.Candidates, "/lots/0/candidates/0/rank", "0", "greater-than-or-equal"), Set(Routes.Candidates, "/lots/0/candidates", "[]", "not-empty"), Set(Routes.Candidates, "/lots", "[]", "not-empty"),
        Set(Routes.Awards, "/results/0/outcome", "\"perhaps\"", null), Set(Routes.Awards, "/results/0", """{"lotId":"001","outcome":"failed"}""", "required"),
        Set(Routes.Awards, "/results/0", """{"lotId":"001"}""", "discriminator.missing"), Set(Routes.Awards, "/results", "[]", "not-empty"),
        Set(Routes.Contracts, "/lots", "[]", "lot-count"), Set(Routes.Performance, "/kind", "\"bribe\"", "type"), Set(Routes.Acceptance, "/result", "true", "type"),
        Set(Routes.Termination, "/kind", "\"paused\"", "type"), Set(Routes.Objections, "/against", "\"weather\"", "type"), Set(Routes.ObjectionAnswer, "/upheld", "\"no\"", "type"),
        Set(Routes.Plan, "/disclosure/attribute", "\"secret\"", "type"), Set(Routes.Plan, "/disclosure/secrecyReview/reviewer", "\"\"", "not-empty"),
        Set(Routes.Plan, "/disclosure/secrecyReview/result", "1", "type"), Set(Routes.Plan, "/attachments", "[{}]", "required"),
        Attached("/size", "-1", "greater-than-or-equal"), Attached("/size", "1e300", "type"), Attached("/size", "9007199254740992", "integer.range"), Attached("/size", "9223372036854775807", "integer.range"), Attached("/sha256", "\"ABC\"", "sha256"), Attached("/url", "\"file:///etc/passwd\"", "web-address"),
        Attached("/url", "\"javascript:alert(1)\"", "web-address"), Attached("/url", "\"../a.pdf\"", "web-address"), Attached("/name", "\"\"", "not-empty"),
        Set(Routes.Plan, "/sourceUrl", "\"ftp://example.org/a\"", "web-address"), Set(Routes.Plan, "/sourceUrl", "\"http://\"", "web-address"), Set(Routes.Plan, "/media", "[\"\"]", "not-empty"),
    ];

    /// <summary>Each member a posting must have is left out, is null, and is of another type.</summary>
    private static IEnumerable<Refusal> EveryMember(Route route)
    {
        foreach (var (name, value) in JsonNode.Parse(route.Body!)!.AsObject().Where(member => IsRequired(route, member.Key)))
        {
            yield return new Refusal(route, $"no {name}", BadRequest, "validation")
            {
                Body = route.Without("/" + name), Error = "required", Pointer = "/" + name,
            };
            yield return new Refusal(route, $"null for {name}", BadRequest, "validation")
            {
                Body = route.Set("/" + name, null), Pointer = "/" + name,
            };
            yield return new Refusal(route, $"another type for {name}", BadRequest, "validation")
            {
                Body = route.Set("/" + name, value is JsonObject ? new JsonArray() : new JsonObject()), Pointer = "/" + name,
            };
        }
    }

    private static bool IsRequired(Route route, string member) =>
        member is not "disclosure" && !Optional.GetValueOrDefault(route, []).Contains(member);

    private static readonly Dictionary<Route, string[]> Optional = new()
    {
        [Routes.Register] = ["investmentProjectCode"],
        [Routes.Prequalification] = ["lots", "submission"],
        [Routes.Announcement] = ["lots", "documents", "submission", "opening", "qualification", "consortiumAllowed", "ceilingPrice"],
        [Routes.Clarification] = ["lots"],
        [Routes.Suspension] = ["orderedBy"],
        [Routes.Opening] = ["place"],
        [Routes.Candidates] = ["objectionChannel"],
        [Routes.Contracts] = ["period", "subject"],
        [Routes.Performance] = ["amount"],
        [Routes.Acceptance] = ["opinion"],
        [Routes.Termination] = ["lots"],
        [Routes.Closure] = ["reason"],
    };

    private static Refusal Code(string pointer, string value, string? error) => Set(Routes.Register, pointer, JsonValue.Create(value).ToJsonString(), error);

    private static Refusal Time(string value) => Set(Routes.Announcement, "/submission/deadline", JsonValue.Create(value).ToJsonString(), "time.form");

    private static Refusal Attached(string pointer, string value, string error) => Set(
        Routes.Plan with
        {
            Body = Routes.Plan.Set("/attachments", JsonNode.Parse(
                $$"""[{"name":"a.pdf","kind":"a","mediaType":"application/pdf","size":1,"sha256":"{{new string('0', 64)}}","url":"https://example.org/a.pdf"}]""")),
        },
        "/attachments/0" + pointer, value, error);

    private static Refusal Set(Route route, string pointer, string value, string? error)
    {
        const string hole = "\"a hole to be filled\"";
        return new Refusal(route, $"{value} in {pointer}", BadRequest, "validation")
        {
            Body = route.Set(pointer, "a hole to be filled").Replace(hole, value, StringComparison.Ordinal), Error = error,
        };
    }
}
