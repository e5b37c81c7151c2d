using System.Text.Json.Nodes;

namespace Trading.Ocds;

/// <summary>What the OpenAPI document shows of packages.</summary>
internal static class Example
{
    private const string Ocid = "ocds-000000-019c0a5e-7a10-7000-8000-000000000001";
    private const string ReleaseId = "019c0a5e-7a10-7000-8000-000000000002";
    private static readonly Uri Service = new("https://trading.example.org/");
    private static readonly Publisher Publisher = new("示例市公共资源交易中心", License: new Uri("https://creativecommons.org/licenses/by/4.0/"));

    public static ReleasePackage Releases => Packages.OfReleases(Publisher, Service, $"v1/ocds/releases/{ReleaseId}", [Release]);

    public static RecordPackage Records => Packages.OfRecords(Publisher, Service, $"v1/ocds/records/{Ocid}", [Ocds.Records.Whole([Release])]);

    private static JsonObject Release => new()
    {
        ["ocid"] = Ocid, ["id"] = ReleaseId, ["date"] = "2026-03-02T08:00:00.123456+08:00", ["tag"] = new JsonArray("tender"), ["initiationType"] = "tender",
        ["language"] = "zh",
        ["tender"] = new JsonObject
        {
            ["id"] = "019c0a5e-7a10-7000-8000-000000000001", ["title"] = "示例市第一中学教学楼建设项目", ["status"] = "active",
            ["tenderPeriod"] = new JsonObject { ["startDate"] = "2026-03-02T08:00:00+08:00", ["endDate"] = "2026-03-23T09:00:00+08:00" },
        },
    };
}
