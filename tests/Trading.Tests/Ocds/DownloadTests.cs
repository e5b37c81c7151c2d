using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ocds;

/// <summary>A consumer takes everything a service has, and has it judged.</summary>
public sealed class DownloadTests
{
    [Fact]
    public async Task the_demonstration_set_and_former_notices_download_as_valid_packages()
    {
        await using var database = await Database.Create("ocds");
        var directory = Directory.CreateTempSubdirectory("trading-ocds-");
        var (code, output) = await Running.Verb("demonstrate", Service.Environment(database, directory.FullName));
        Assert.True(code is 0, output);
        directory.Delete(recursive: true);
        await using var service = await Service.Start("ocds", database);
        await Import(service, string.Join('\n', Enumerable.Range(1, 120).Select(Former)));

        await Judge(service, processes: 123);
    }

    [Fact]
    public async Task real_former_notices_download_as_valid_packages()
    {
        var lines = await File.ReadAllTextAsync(RealData.Find("legacy-candidates.jsonl"), TestContext.Current.CancellationToken);
        await using var service = await Service.Start("former");
        var landed = await Import(service, lines);

        await Judge(service, landed);
    }

    private static async Task Judge(Service service, int processes)
    {
        var client = service.Client();
        await using var owner = service.Database.OpenAsOwner();
        await using var recorded = owner.CreateCommand("select count(*) from events.mt_events");
        var events = (long)(await recorded.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        await Eventually.Get(client, $"/v1/changes?after={events - 1}", answer => answer.Status is HttpStatusCode.OK && answer.Json["items"]!.AsArray().Count > 0);
        var releases = await OcdsReader.Follow(client, "/v1/ocds/releases?limit=100");
        var records = await OcdsReader.Follow(client, "/v1/ocds/records?limit=100");

        Assert.Equal(processes, records.Records().Count);
        Assert.Equal((await Feed.Changes(client, 0)).Count(item => (string)item["class"]! is "public"), releases.Releases().Count);
        var whole = new List<JsonNode>();
        foreach (var record in records.Records().Take(20)) whole.Add((await client.Get($"/v1/ocds/records/{record["ocid"]}")).Expect(HttpStatusCode.OK).Json);
        TestContext.Current.SendDiagnosticMessage("{0}", await OcdsStandard.Accepts([.. releases, .. records, .. whole]));
    }

    private static async Task<int> Import(Service service, string lines)
    {
        using var content = new StringContent(lines, Encoding.UTF8, "application/x-ndjson");
        return (int)(await service.Client("publisher").Send(HttpMethod.Post, "/v1/legacy-notices", content)).Expect(HttpStatusCode.OK).Json["landed"]!;
    }

    private static string Former(int number) =>
        $$"""
        {"sourceId":"former-{{number}}","regionCode":"420500","category":"{{(number % 3 is 0 ? "land" : "engineering")}}","noticeType":"candidates-publicised","title":"旧公告{{number}}",
        "publishedOn":"2023-04-{{number % 28 + 1:D2}}","projectName":"旧项目{{number}}","candidates":[{"rank":1,"name":"甲公司","priceText":"{{(number % 5 is 0 ? "下浮率12.5%" : $"{number}万元")}}"},{"rank":2,"name":"乙公司","priceText":"面议"}]}
        """.ReplaceLineEndings("");
}
