using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Trading.Ops;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Read;

/// <summary>Search among the notices of a real site, against looking through their lines.</summary>
public sealed class RealSearchTests(RealSearchTests.Site site, ITestOutputHelper output) : IClassFixture<RealSearchTests.Site>
{
    private const int Seed = 20_250_612;

    // A site names no bidder's code; the centre's own stands in every notice.
    [Theory, InlineData("学校"), InlineData("轨道交通"), InlineData("国通领驭"), InlineData("建设集团"), InlineData(LocalKey.CentreCode), InlineData("91420500MA49000017"), InlineData("中標候選人")]
    public async Task the_searches_of_every_day_alone_and_with_three_filters(string words)
    {
        await Compare(words);
        await Compare(words, ("category", "engineering"), ("region", "4205"), ("publishedFrom", "2025-10-01"));
        await Compare(words, ("type", "legacy-notice-imported"), ("publishedTo", "2025-12-31"), ("supplier", "湖北国通领驭建设集团有限公司"));
    }

    [Fact]
    public async Task words_out_of_the_lines_themselves()
    {
        output.WriteLine($"seed {Seed}");
        var chance = new Random(Seed);
        var found = 0;
        for (var i = 0; i < 100; i++)
        {
            var words = string.Join(' ', Enumerable.Range(0, chance.Next(1, 3)).Select(_ => Word(chance)));
            found += await Compare(words, [.. (i % 2 is 0 ? [] : ((string, string)[])[("publishedFrom", "2025-08-01"), ("publishedTo", "2025-11-30"), ("region", "42")])]);
        }

        Assert.True(found > 1_000, $"{found} found in all");
    }

    /// <summary>Two to four neighbours, all of them Chinese.</summary>
    private string Word(Random chance)
    {
        while (true)
        {
            var line = site.Lines[chance.Next(site.Lines.Count)];
            var text = line.Texts[chance.Next(line.Texts.Count)];
            var length = chance.Next(2, 5);
            if (text.Length < length) continue;
            var word = text.Substring(chance.Next(text.Length - length + 1), length);
            if (word.All(character => character is >= '一' and <= '鿿')) return word;
        }
    }

    private async Task<int> Compare(string words, params (string Name, string Value)[] filters)
    {
        var expected = site.Lines.Where(line => words.Replace("標", "标", StringComparison.Ordinal).Replace("選", "选", StringComparison.Ordinal).Split(' ').All(word => Site.Everywhere.Contains(word, StringComparison.Ordinal) || line.Texts.Any(text => text.Contains(word, StringComparison.Ordinal)))
            && filters.All(filter => Fits(line, filter.Name, filter.Value))).Select(line => line.Title + line.Day).Order(StringComparer.Ordinal);
        var found = new List<string>();
        var begin = string.Concat(filters.Prepend(("q", words)).Select(filter => $"&{filter.Item1}={Uri.EscapeDataString(filter.Item2)}"));
        for (string? next = "/v1/notices?limit=200" + begin; next is not null;)
        {
            var page = (await site.Get(next)).Expect(HttpStatusCode.OK).Json;
            found.AddRange(page["items"]!.AsArray().Select(item => (string)item!["title"]! + ((string)item["publishedAt"]!)[..10]));
            next = (string?)page["links"]!["next"];
        }

        Assert.Equal(expected, found.Order(StringComparer.Ordinal));
        return found.Count;
    }

    private static bool Fits(Line line, string filter, string value) => filter switch
    {
        "publishedFrom" => string.CompareOrdinal(line.Day, value) >= 0,
        "publishedTo" => string.CompareOrdinal(line.Day, value) <= 0,
        "supplier" => line.Bidders.Contains(value),
        _ => true,   // one category, one kind and one region
    };

    /// <param name="Day">Of its publication.</param>
    /// <param name="Texts">Everything it says in words.</param>
    public sealed record Line(string Title, string Day, IReadOnlyList<string> Texts, IReadOnlyList<string> Bidders)
    {
        public static Line Of(JsonNode line)
        {
            string[] bidders = [.. line["candidates"]!.AsArray().Select(candidate => (string)candidate!["name"]!)];
            return new Line(
                (string)line["title"]!, (string)line["publishedOn"]!,
                [(string)line["title"]!, (string)line["projectName"]!, (string)line["publicityText"]!, .. bidders, .. line["candidates"]!.AsArray().Select(candidate => (string)candidate!["priceText"]!)],
                bidders);
        }
    }

    /// <summary>A service that took over all lines of the site, and nothing else.</summary>
    public sealed class Site : IAsyncLifetime
    {
        private Service service = null!;

        public IReadOnlyList<Line> Lines { get; private set; } = [];

        /// <summary>What every notice says, of its centre.</summary>
        public const string Everywhere = LocalKey.CentreCode + " " + LocalKey.CentreName;

        public async ValueTask InitializeAsync()
        {
            var text = await File.ReadAllTextAsync(RealData.Find("legacy-candidates.jsonl"), TestContext.Current.CancellationToken);
            Lines = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Line.Of(JsonNode.Parse(line)!))];
            service = await Service.Start("realsearch");
            using var body = new StringContent(text, Encoding.UTF8, "application/x-ndjson");
            Assert.Equal(Lines.Count, (int)(await service.Client("publisher").Send(HttpMethod.Post, "/v1/legacy-notices", body)).Expect(HttpStatusCode.OK).Json["landed"]!);
            await Boards.CaughtUp(service.Database);
        }

        public Task<Answer> Get(string path) => service.Client().Get(path);

        public ValueTask DisposeAsync() => service is null ? ValueTask.CompletedTask : service.DisposeAsync();
    }
}
