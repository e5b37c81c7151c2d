using System.Net;
using System.Text;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ocds;

/// <summary>Pages end with a mebibyte of notices, whatever their limit.</summary>
public sealed class PageBytesTests
{
    private const int Lines = 9, Most = 2 * 1024 * 1024;

    [Fact]
    public async Task no_page_is_larger_than_a_service_can_afford_and_none_is_skipped()
    {
        await using var service = await Service.Start("pages");
        var candidates = string.Join(',', Enumerable.Range(1, 10).Select(rank => $$"""{"rank":{{rank}},"name":"{{new string('某', 9_000)}}","priceText":"120万元"}"""));
        using var lines = new StringContent(string.Join('\n', Enumerable.Range(0, Lines).Select(i =>
            $$"""{"sourceId":"page-{{i}}","regionCode":"420500","category":"engineering","noticeType":"candidates-publicised","title":"旧公告","publishedOn":"2023-04-03","projectName":"旧项目","candidates":[{{candidates}}]}""")), Encoding.UTF8, "application/x-ndjson");
        Assert.Equal(Lines, (int)(await service.Client("publisher").Send(HttpMethod.Post, "/v1/legacy-notices", lines)).Expect(HttpStatusCode.OK).Json["landed"]!);
        await Eventually.Get(service.Client(), $"/v1/changes?after={Lines - 1}", feed => feed.Json["items"]!.AsArray().Count is 1);

        foreach (var kind in (string[])["releases", "records"])
        {
            var packages = await OcdsReader.Follow(service.Client(), $"/v1/ocds/{kind}?limit=100");
            var items = packages.SelectMany(package => package[kind]!.AsArray()).Select(item => (string)item!["ocid"]!).ToList();

            Assert.Equal((Lines, Lines), (items.Count, items.Distinct().Count()));
            Assert.InRange(packages.Count, 3, Lines);
            foreach (var package in packages) Assert.InRange(Encoding.UTF8.GetByteCount(package.ToString()), 1, Most);
        }
    }
}
