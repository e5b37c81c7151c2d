using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trading.Bench;

/// <summary>The requests that measurements send: a made-up engineering tender whose announcement carries some 3 KB of HTML.</summary>
internal static class Notices
{
    private static int keys;

    private static readonly string registration = """
        {"title":"示例市第一中学教学楼建设项目","category":"engineering","classCode":"A01","regionCode":"420500","method":"open","statutory":true,
        "initiator":{"name":"示例市教育局","creditCode":"11420500011052607X","address":"示例市建设路1号","contact":{"name":"张工","phone":"0717-0000000"}},
        "lots":[{"lotId":"001","title":"教学楼施工","durationDays":365}],
        "disclosure":{"attribute":"active","secrecyReview":{"reviewer":"李审查","reviewedAt":"2026-03-01T09:00:00+08:00","result":"passed"}}}
        """;

    private static readonly string announcement = JsonSerializer.Serialize(new
    {
        title = "示例市第一中学教学楼建设项目招标公告",
        lots = new[] { "001" },
        documents = new { availableFrom = Day(1), availableUntil = Day(10), method = "在交易系统下载" },
        submission = new { deadline = Day(30), method = "在交易系统上传" },
        opening = new { at = Day(30), place = "示例市公共资源交易中心第一开标室" },
        qualification = "具备建筑工程施工总承包二级及以上资质",
        evaluationMethod = "综合评估法",
        html = string.Concat(Enumerable.Range(1, 20).Select(n => $"<p>{n}. 本项目已由主管部门批准建设，招标人为示例市教育局，建设资金来自财政资金。</p>")),
        disclosure = new { attribute = "active", secrecyReview = new { reviewer = "李审查", reviewedAt = Day(-1), result = "passed" } },
    });

    public static byte[] Registration(Service service) => Post(service, "/v1/procedures", registration, out _);

    public static byte[] Announcement(Service service, string procedure, out string key) =>
        Post(service, $"/v1/procedures/{procedure}/announcement", announcement, out key);

    /// <summary>The registration tried out and not recorded, with the announcement, but for its original wording, or without.</summary>
    public static byte[] Check(Service service, bool announcement)
    {
        var body = JsonNode.Parse(Notices.announcement)!.AsObject();
        body.Remove("html");
        return Post(service, "/v1/rules/check", $$"""{"registration":{{registration}},"postings":[{{(announcement ? $$"""{"to":"announcement","body":{{body.ToJsonString()}}}""" : "")}}]}""", out _);
    }

    public static byte[] Get(Uri address, string path) => Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n");

    private static byte[] Post(Service service, string path, string body, out string key)
    {
        key = $"bench-{Interlocked.Increment(ref keys).ToString("D9", CultureInfo.InvariantCulture)}";
        return Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {service.Address.Authority}\r\nAuthorization: Bearer {service.Token}\r\nIdempotency-Key: {key}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }

    private static string Day(int fromToday) =>
        TimeProvider.System.GetUtcNow().AddDays(fromToday).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'09:00:00zzz", CultureInfo.InvariantCulture);
}
