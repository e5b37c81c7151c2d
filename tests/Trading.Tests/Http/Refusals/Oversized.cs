using System.Text;
using static System.Net.HttpStatusCode;

namespace Trading.Tests.Http.Refusals;

/// <summary>What is larger than the service takes: bodies, texts, lists, numbers, addresses.</summary>
internal static class Oversized
{
    private const int Mebibyte = 1 << 20;

    public static IEnumerable<Refusal> Cases =>
    [
        .. Routes.Postings.SelectMany(EveryPosting),
        .. Routes.Reads.Append(Routes.Hidden).Select(route => new Refusal(route, "an address of 9000 characters", RequestUriTooLong, "uri-too-long") { Query = "?q=" + Long(9_000) }),
        new(Routes.Register, "an address of 9000 characters", RequestUriTooLong, "uri-too-long") { Query = "?q=" + Long(9_000) },

        Long(Routes.Register, "/description", 100_001), Long(Routes.Register, "/code", 201),
        Long(Routes.Register, "/fundSource", 1_001), Long(Routes.Register, "/initiator/name", 301), Long(Routes.Register, "/initiator/address", 301),
        Long(Routes.Register, "/initiator/contact/name", 101), Long(Routes.Register, "/initiator/contact/phone", 51), Long(Routes.Register, "/initiator/contact/email", 201),
        Long(Routes.Register, "/lots/0/title", 501), Long(Routes.Register, "/lots/0/code", 101), Long(Routes.Register, "/lots/0/description", 100_001),
        Long(Routes.Plan, "/summary", 100_001), Long(Routes.Announcement, "/documents/method", 100_001), Long(Routes.Announcement, "/opening/place", 1_001),
        Long(Routes.Announcement, "/qualification", 100_001), Long(Routes.Announcement, "/evaluationMethod", 100_001), Long(Routes.Announcement, "/objectionChannel", 100_001),
        Long(Routes.Prequalification, "/qualification", 100_001), Long(Routes.SoleSource, "/grounds", 100_001), Long(Routes.SoleSource, "/opinions/0", 100_001),
        Long(Routes.Clarification, "/content", 100_001), Long(Routes.Correction, "/changes/0/item", 1_001), Long(Routes.Correction, "/changes/0/after", 100_001),
        Long(Routes.Extension, "/reason", 100_001), Long(Routes.Suspension, "/orderedBy", 301), Long(Routes.Resumption, "/reason", 100_001),
        Long(Routes.Qualification, "/results/0/reason", 100_001), Long(Routes.Opening, "/place", 1_001), Long(Routes.Opening, "/bids/0/projectLeader/name", 101),
        Long(Routes.Opening, "/bids/0/quality", 1_001), Long(Routes.Candidates, "/lots/0/candidates/0/evaluation", 100_001),
        Long(Routes.Candidates, "/lots/0/rejected/0/reason", 100_001), Long(Routes.Awards, "/results/0/supplier/name", 301),
        Long(Routes.AwardCancellation, "/reason", 100_001), Long(Routes.Contracts, "/number", 101), Long(Routes.Contracts, "/subject", 100_001),
        Long(Routes.Amendment, "/reasonCode", 101), Long(Routes.Amendment, "/changes/0/field", 201), Long(Routes.Performance, "/description", 100_001),
        Long(Routes.Acceptance, "/opinion", 100_001), Long(Routes.ContractTermination, "/reason", 100_001), Long(Routes.Termination, "/reason", 100_001),
        Long(Routes.Withdrawal, "/reason", 100_001), Long(Routes.Objections, "/summary", 100_001), Long(Routes.ObjectionAnswer, "/answer", 100_001),
        Long(Routes.Closure, "/reason", 100_001), Long(Routes.Erasure, "/reason", 100_001), Long(Routes.Defect, "/explanation", 100_001), Long(Routes.Disclosure, "/reason", 100_001),

        Many(Routes.Register, "501 lots", Routes.Engineering([.. Enumerable.Range(0, 501).Select(i => $"L{i}")]), "/lots"),
        Many(Routes.Announcement, "501 lots", Routes.Announcement.Set("/lots", Repeated("\"001\"", 501)), "/lots", "lot-count"),
        Many(Routes.SoleSource, "51 opinions", Routes.SoleSource.Set("/opinions", Repeated("\"同意\"", 51)), "/opinions"),
        Many(Routes.Correction, "501 changes", Routes.Correction.Set("/changes", Repeated("{\"item\":\"a\",\"before\":null,\"after\":null}", 501)), "/changes"),
        Many(Routes.Amendment, "201 changes", Routes.Amendment.Set("/changes", Repeated("{\"field\":\"a\",\"before\":null,\"after\":null}", 201)), "/changes"),
        Many(Routes.Opening, "2001 bids", Routes.Opening.Set("/bids", Repeated("{\"lotId\":\"001\",\"bidder\":{\"name\":\"甲\"},\"price\":{\"form\":\"other\",\"text\":\"见附件\"}}", 2_001)), "/bids"),
        Many(Routes.Plan, "51 media", Routes.Plan.Set("/media", Repeated("\"示例网\"", 51)), "/media"),
        Many(Routes.Plan, "101 attachments", Routes.Plan.Set("/attachments", Repeated(
            $$"""{"name":"a","kind":"a","mediaType":"a/b","size":1,"sha256":"{{new string('0', 64)}}","url":"https://example.org/"}""", 101)), "/attachments"),

        Number(Routes.Register, "/lots/0/estimate/amount", "\"100000000000000\"", "yuan.form"),
        Number(Routes.Register, "/lots/0/estimate/amount", "\"1e400\"", "yuan.form"),
        Number(Routes.Register, "/lots/0/durationDays", "99999999999", "type"),
        Number(Routes.Register, "/lots/0/durationDays", "1e400", "type"),
        Number(Routes.Register, "/lots/0/durationDays", "36501", "inclusive-between"),
        Number(Routes.Candidates, "/lots/0/candidates/0/rank", "9223372036854775808", "type"),
        Number(Routes.Opening, "/bids/2/price/percent", "\"1000.0001\"", "percent.form"),
    ];

    private static IEnumerable<Refusal> EveryPosting(Route route) =>
    [
        new(route, "a body of more than a mebibyte", RequestEntityTooLarge, "too-large") { Body = Large(route) },
        new(route, "a body of more than a mebibyte that tells no length", RequestEntityTooLarge, "too-large") { Body = Large(route), Chunked = true },
        new(route, "HTML nested without end", BadRequest, "validation")
        {
            Body = route.Begin($"\"html\":\"{new StringBuilder().Insert(0, "<div>", 5_000)}\""), Error = "html-depth", Pointer = "/html",
        },
        Long(route, "/title", 601),
    ];

    private static string Large(Route route) => route.Begin($"\"text\":\"{Long(Mebibyte)}\"");

    private static Refusal Long(Route route, string pointer, int length) => new(route, $"{length} characters in {pointer}", BadRequest, "validation")
    {
        Body = route.Set(pointer, Long(length)), Error = "maximum-length", Pointer = pointer,
    };

    private static Refusal Many(Route route, string title, string body, string pointer, string error = "too-many") =>
        new(route, title, BadRequest, "validation") { Body = body, Error = error, Pointer = pointer };

    private static Refusal Number(Route route, string pointer, string value, string error) => new(route, $"{value} in {pointer}", BadRequest, "validation")
    {
        Body = route.Set(pointer, System.Text.Json.Nodes.JsonNode.Parse(value)), Error = error, Pointer = pointer,
    };

    private static System.Text.Json.Nodes.JsonNode Repeated(string item, int times) =>
        System.Text.Json.Nodes.JsonNode.Parse($"[{string.Join(',', Enumerable.Repeat(item, times))}]")!;

    private static string Long(int length) => new('a', length);
}
