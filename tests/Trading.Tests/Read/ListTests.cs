using System.Globalization;
using System.Net;
using Marten;
using Trading.Http;
using Trading.Kernel;
using Trading.Projections;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Read;

/// <summary>Both lists against a search of every row in memory: each filter, filters together, each order, pages of any size.</summary>
[Collection(TradingApp.Collection)]
public sealed class ListTests(TradingApp app, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Seed = 20_190_304;
    private const int Procedures = 160;
    private static readonly SemaphoreSlim Once = new(1);
    private static IReadOnlyList<Candidate> notices = [];
    private static IReadOnlyList<Candidate> procedures = [];

    private readonly Random random = new(Seed);

    public static TheoryData<string> Sorts => ["publishedAt", "-publishedAt", "deadline", "-deadline", "amount", "-amount"];

    public async ValueTask InitializeAsync()
    {
        await Once.WaitAsync();
        try
        {
            if (notices.Count > 0) return;
            output.WriteLine($"seed {Seed}");
            var chance = new RandomNotices(Seed);
            for (var i = 0; i < Procedures; i++)
            {
                var (procedure, facts) = chance.Next();
                await RecordedLives.Begin(app.Store, procedure, facts);
            }
        }
        finally
        {
            Once.Release();
        }

        await Boards.CaughtUp(app.Database);
        await using var session = app.Store.QuerySession();
        var wordings = (await session.AdvancedSql.QueryAsync<string>(
                "select id || wording from views.mt_doc_noticerow union all select id || wording from views.mt_doc_procedurerow", TestContext.Current.CancellationToken))
            .ToDictionary(row => Guid.Parse(row[..36]), row => row[36..]);
        notices = [.. (await session.Query<NoticeRow>().ToListAsync(TestContext.Current.CancellationToken)).Select(row => Candidate.Of(row, wordings[row.Id]))];
        procedures = [.. (await session.Query<ProcedureRow>().ToListAsync(TestContext.Current.CancellationToken)).Select(row => Candidate.Of(row, wordings[row.Id]))];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void there_is_something_of_every_kind()
    {
        Assert.True(notices.Count >= 300, $"{notices.Count} notices");
        Assert.Equal(6, notices.Select(n => n.Values["category"].Single()).Distinct().Count());
        Assert.Contains(notices, n => n.Amount is null);
        Assert.Contains(notices, n => n.Deadline is null);
        Assert.Contains(notices.GroupBy(n => n.Published), same => same.Count() > 3);
        Assert.Contains(notices.GroupBy(n => n.Amount), same => same.Key is not null && same.Count() > 3);
    }

    [Theory, MemberData(nameof(Sorts))]
    public async Task notices_in_any_order_and_pages_of_any_size(string sort) => await Compare("/v1/notices", notices, [], sort, 97);

    [Theory, MemberData(nameof(Sorts))]
    public async Task procedures_in_any_order_and_pages_of_any_size(string sort) => await Compare("/v1/procedures", procedures, [], sort, 31);

    [Theory]
    [InlineData("type"), InlineData("category"), InlineData("region"), InlineData("centre"), InlineData("procedure"), InlineData("initiator"), InlineData("supplier")]
    [InlineData("publishedFrom"), InlineData("publishedTo"), InlineData("deadlineFrom"), InlineData("deadlineTo"), InlineData("amountFrom"), InlineData("amountTo"), InlineData("q")]
    public Task notices_by_each_filter(string filter) => Each("/v1/notices", notices, filter);

    [Theory]
    [InlineData("category"), InlineData("stage"), InlineData("status"), InlineData("lotStatus"), InlineData("region"), InlineData("centre"), InlineData("initiator"), InlineData("supplier")]
    [InlineData("publishedFrom"), InlineData("publishedTo"), InlineData("deadlineFrom"), InlineData("deadlineTo"), InlineData("amountFrom"), InlineData("amountTo"), InlineData("q")]
    public Task procedures_by_each_filter(string filter) => Each("/v1/procedures", procedures, filter);

    [Theory]
    [InlineData("/v1/notices", "type,category,region,centre,initiator,supplier,publishedFrom,publishedTo,deadlineFrom,deadlineTo,amountFrom,amountTo,q")]
    [InlineData("/v1/procedures", "category,stage,status,lotStatus,region,centre,initiator,supplier,publishedFrom,publishedTo,deadlineFrom,deadlineTo,amountFrom,amountTo,q")]
    public async Task filters_together(string list, string filters)
    {
        var among = list is "/v1/notices" ? notices : procedures;
        var found = 0;
        for (var i = 0; i < 25; i++)
        {
            var like = One(among);
            var chosen = filters.Split(',').OrderBy(_ => random.Next()).Take(random.Next(2, 4)).Select(name => (name, ValueLike(like, name))).Where(f => f.Item2 is not null);
            found += await Compare(list, among, [.. chosen.Select(f => (f.name, f.Item2!))], One([.. Sorts.Select(s => s.Data)]), random.Next(40, 101));
        }

        Assert.True(found > 25, $"{found} found in all: the filters leave nothing");
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(7), InlineData(50), InlineData(99), InlineData(100)]
    public Task pages_of_one_to_a_hundred(int limit) => Compare("/v1/notices", notices, [("region", "42"), ("publishedTo", "2019-12-31")], "-amount", limit);

    [Theory, InlineData("/v1/notices"), InlineData("/v1/procedures")]
    public async Task by_relevance_words_in_titles_come_before_words_in_names_and_both_before_all_else(string list)
    {
        var among = list is "/v1/notices" ? notices : procedures;
        var ranks = new HashSet<int>();
        for (var i = 0; i < 25; i++)
        {
            var words = i is 0 ? "示例" : ValueLike(One(among), "q")!;
            ranks.UnionWith(among.Where(c => c.Fits("q", words)).Select(c => c.Rank(words)));
            await Compare(list, among, [("q", words), .. i % 3 is 0 ? [] : ((string, string)[])[("category", "engineering,procurement")]], "relevance", random.Next(20, 101));
        }

        Assert.Empty(Enumerable.Range(1, list is "/v1/notices" ? 3 : 2).Except(ranks));   // little is said of a procedure but titles and names
    }

    [Theory, InlineData("/v1/notices"), InlineData("/v1/procedures")]
    public async Task facets_count_all_that_is_found(string list)
    {
        var among = list is "/v1/notices" ? notices : procedures;
        string[] facets = list is "/v1/notices" ? ["type", "category", "region", "centre", "year"] : ["category", "stage", "status", "region", "centre", "lotStatus"];
        foreach (var filter in (string[])["", "region", "region", "region", "category", "publishedFrom", "q", "q", "supplier", "amountFrom", "centre"])
        {
            var value = filter is "" ? "" : ValueLike(One(among), filter) ?? "0";
            var all = among.Where(c => filter is "" || c.Fits(filter, value)).ToList();
            var page = (await app.Client(role: null).Get($"{list}?facets={string.Join(',', facets)}&limit=1{(filter is "" ? "" : $"&{filter}={Uri.EscapeDataString(value)}")}")).Expect(HttpStatusCode.OK).Json;

            Assert.DoesNotContain("facets", (string?)page["links"]!["next"] ?? "", StringComparison.Ordinal);
            Assert.Equal(facets.Order(StringComparer.Ordinal), page["facets"]!.AsObject().Select(facet => facet.Key).Order(StringComparer.Ordinal));
            foreach (var facet in facets)
            {
                var expected = all.SelectMany(c => c.Counted(facet, filter is "region" ? value : "")).CountBy(each => each)
                    .OrderByDescending(each => each.Value).ThenBy(each => each.Key, StringComparer.Ordinal).Take(100).Select(each => $"{each.Key} {each.Value}");
                Assert.Equal(expected, page["facets"]![facet]!.AsArray().Select(each => $"{each!["value"]} {each["count"]}"));
            }
        }
    }

    [Theory, InlineData("/v1/notices"), InlineData("/v1/procedures")]
    public async Task highlights_show_every_word_where_it_stands(string list)
    {
        var among = list is "/v1/notices" ? notices : procedures;
        for (var i = 0; i < 15; i++)
        {
            var words = ValueLike(One(among), "q")!;
            var page = (await app.Client(role: null).Get($"{list}?highlight=true&limit=20&q={Uri.EscapeDataString(words)}")).Expect(HttpStatusCode.OK).Json;
            foreach (var highlights in page["items"]!.AsArray().Select(item => item!["highlights"]!.AsArray()))
            {
                Assert.InRange(highlights.Count, 1, 3);
                Assert.All(highlights, fragment => Assert.InRange(((string)fragment!["text"]!).Length, 2, 60));
                var shown = highlights.SelectMany(fragment => fragment!["at"]!.AsArray().Select(at => ((string)fragment["text"]!).Substring((int)at![0]!, (int)at[1]!)));
                Assert.Equal(words.Split(' ').Distinct().Select(Folding.Word).Order(StringComparer.Ordinal), shown.Select(Folding.Word).Distinct().Order(StringComparer.Ordinal));
            }
        }
    }

    private async Task Each(string list, IReadOnlyList<Candidate> among, string filter)
    {
        var values = Enumerable.Range(0, 200).Select(_ => ValueLike(One(among), filter)).OfType<string>().Distinct().Take(5).ToList();
        Assert.True(values.Count > 1, $"{values.Count} values");
        var found = 0;
        foreach (var value in values) found += await Compare(list, among, [(filter, value)], One([.. Sorts.Select(s => s.Data)]), random.Next(20, 101));
        Assert.True(found > 0, "nothing was found");
    }

    /// <summary>A value of the filter by which this one would be found.</summary>
    private string? ValueLike(Candidate like, string filter) => filter switch
    {
        "type" or "category" or "stage" or "status" when random.Next(3) is 0 => $"{like.Values[filter].Single()},{One(notices.Count > 0 && filter is "type" ? notices : procedures).Values[filter].Single()}",
        "region" => like.Values["region"].Single()[..One([2, 4, 6])],
        "publishedFrom" or "publishedTo" => random.Next(2) is 0 ? TimeConverter.Write(LegalTime.Here(like.Published)) : Day(like.Published),
        "deadlineFrom" or "deadlineTo" => like.Deadline is { } deadline ? random.Next(2) is 0 ? TimeConverter.Write(deadline) : Day(deadline) : null,
        "amountFrom" or "amountTo" => like.Amount?.ToString(CultureInfo.InvariantCulture),
        "q" => Words(like.Values["q"].Single()),
        _ => like.Values[filter].Where(CanBeAsked).ToList() is { Count: > 0 } values ? One([.. values]) : null,
    };

    /// <summary>Two to four neighbours out of the wording, and now and then two such.</summary>
    private string? Words(string wording)
    {
        var runs = wording.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(run => run.Length > 1).ToList();
        return random.Next(4) is 0 ? $"{Part()} {Part()}" : Part();

        string Part()
        {
            var run = One(runs);
            var length = Math.Min(run.Length, random.Next(2, 5));
            return char.IsAscii(run[0]) ? run : run.Substring(random.Next(run.Length - length + 1), length);
        }
    }

    // A name from a former system may be longer than any question.
    private static bool CanBeAsked(string value) => value.Length <= Parameter.LongestText && !value.Any(char.IsControl);

    private static string Day(DateTimeOffset time) => LegalTime.DayOf(time).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <returns>How many were found.</returns>
    private async Task<int> Compare(string list, IReadOnlyList<Candidate> among, IReadOnlyList<(string Name, string Value)> filters, string sort, int limit)
    {
        var expected = among.Where(c => filters.All(f => c.Fits(f.Name, f.Value))).OrderBy(c => sort is "relevance" ? c.Rank(filters[0].Value) : 0)
            .ThenBy(c => c, Comparer<Candidate>.Create((a, b) => a.CompareTo(b, sort is "relevance" ? "-publishedAt" : sort))).Select(c => c.Id).ToList();
        var query = string.Concat(filters.Select(f => $"&{f.Name}={Uri.EscapeDataString(f.Value)}"));
        string? next = $"{list}?sort={sort}&limit={limit}{query}";
        var found = new List<Guid>();
        while (next is not null)
        {
            var page = (await app.Client(role: null).Get(next)).Expect(HttpStatusCode.OK).Json;
            var items = page["items"]!.AsArray();
            Assert.True(items.Count == limit || page["links"]!["next"] is null, $"a short page in the middle of {next}");
            found.AddRange(items.Select(item => (Guid)(item!["noticeId"] ?? item["procedureId"])!));
            Assert.True(found.Count <= expected.Count, $"{next}: more than the {expected.Count} there are");
            next = (string?)page["links"]!["next"];
        }

        Assert.True(expected.SequenceEqual(found), $"{list}?sort={sort}{query}: {found.Count} found, {expected.Count} expected, unlike from {expected.Zip(found).TakeWhile(p => p.First == p.Second).Count()} on");
        return found.Count;
    }

    private T One<T>(IReadOnlyList<T> among) => among[random.Next(among.Count)];

    /// <summary>A row, as much of it as a search by hand needs.</summary>
    internal sealed record Candidate(Guid Id, DateTimeOffset Published, DateTimeOffset? Deadline, decimal? Amount, IReadOnlyDictionary<string, IReadOnlyCollection<string>> Values)
    {
        /// <param name="row">Just made; a stored one does not tell its wording again.</param>
        public static Candidate Of(NoticeRow row) => Of(row, row.Wording);

        /// <inheritdoc cref="Of(NoticeRow)"/>
        public static Candidate Of(ProcedureRow row) => Of(row, row.Wording);

        public static Candidate Of(NoticeRow row, string wording) => new(row.Id, row.PublishedAt, row.Deadline, row.Amount, new Dictionary<string, IReadOnlyCollection<string>>
        {
            ["type"] = [row.Type], ["category"] = [row.Category], ["region"] = [row.Region], ["centre"] = [row.Centre],
            ["procedure"] = [row.ProcedureId.ToString()], ["initiator"] = [.. row.Initiators], ["supplier"] = [.. row.Parties], ["q"] = [wording],
        });

        public static Candidate Of(ProcedureRow row, string wording) => new(row.Id, row.PublishedAt, row.Deadline, row.Amount, new Dictionary<string, IReadOnlyCollection<string>>
        {
            ["category"] = [row.Category], ["stage"] = [row.Stage], ["status"] = [row.Status], ["lotStatus"] = [.. row.LotStatuses],
            ["region"] = [row.Region], ["centre"] = [row.Centre], ["initiator"] = [.. row.Initiators], ["supplier"] = [.. row.Suppliers], ["q"] = [wording],
        });

        public bool Fits(string filter, string value) => filter switch
        {
            "region" => Values["region"].Single().StartsWith(value.Length is 6 && value.EndsWith("00", StringComparison.Ordinal) ? value[..4].EndsWith("00", StringComparison.Ordinal) ? value[..2] : value[..4] : value.Length is 4 && value.EndsWith("00", StringComparison.Ordinal) ? value[..2] : value, StringComparison.Ordinal),
            "publishedFrom" => Published >= Bound(value, "00:00:00"),
            "publishedTo" => Published <= Bound(value, "23:59:59"),
            "deadlineFrom" => Deadline >= Bound(value, "00:00:00"),
            "deadlineTo" => Deadline <= Bound(value, "23:59:59"),
            "amountFrom" => Amount >= decimal.Parse(value, CultureInfo.InvariantCulture),
            "amountTo" => Amount <= decimal.Parse(value, CultureInfo.InvariantCulture),
            "q" => value.Split(' ').All(word => Values["q"].Single().Contains(char.IsAscii(word[0]) ? $" {word} " : word, StringComparison.Ordinal)),
            _ => value.Split(',').Any(Values[filter].Contains),
        };

        public int CompareTo(Candidate other, string sort)
        {
            var order = sort.TrimStart('-') switch
            {
                "publishedAt" => Published.CompareTo(other.Published),
                "deadline" => (Deadline ?? DateTimeOffset.MaxValue).CompareTo(other.Deadline ?? DateTimeOffset.MaxValue),
                _ => (Amount ?? decimal.MinusOne).CompareTo(other.Amount ?? decimal.MinusOne),
            };
            if (order is 0) order = string.CompareOrdinal(Id.ToString(), other.Id.ToString());
            return sort is ['-', ..] ? -order : order;
        }

        /// <summary>The first part of the wording with which and what precedes it all words are there.</summary>
        public int Rank(string words)
        {
            var parts = Values["q"].Single().Split(Folding.EndOfTitles, Folding.EndOfNames);
            return Enumerable.Range(1, 3).First(rank => words.Split(' ').All(word => parts.Take(rank).Any(part => part.Contains(char.IsAscii(word[0]) ? $" {word} " : word, StringComparison.Ordinal))));
        }

        public IEnumerable<string> Counted(string facet, string region) => facet switch
        {
            "year" => [$"{LegalTime.DayOf(Published).Year}"],
            "region" => Values["region"].Select(code => code[..Math.Min(6, region.TrimEnd('0') switch { "" => 2, { Length: <= 2 } => 4, _ => 6 })].PadRight(6, '0')),
            _ => Values[facet],
        };

        private static DateTimeOffset Bound(string text, string time) => DateTimeOffset.Parse(text.Length is 10 ? $"{text}T{time}+08:00" : text, CultureInfo.InvariantCulture);
    }
}
