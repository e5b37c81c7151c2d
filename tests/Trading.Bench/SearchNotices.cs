using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Trading.Bench;

/// <summary>
/// Searching among a million notices by any filters, one search at a time and none asked twice: that the same is found as by reading every
/// notice; and how long it takes, as the statement at the database, as the whole request, and beside the plain statement by hand.
/// </summary>
internal static class SearchNotices
{
    private const int Seed = 20_251_123;

    /// <summary>It may take ten seconds.</summary>
    private const int PlainOnceIn = 10;

    private static readonly string[] words = ["q=学校", "q=轨道交通", "q=" + Crowd.Core, "q=" + Crowd.Code];

    public static async Task<string> Run(Service _, Pace pace)
    {
        var (rows, asked) = pace == Pace.Full ? (1_000_000, 2_000) : (1_000, 60);
        await using var service = await Service.Start("bench_search");
        var expected = words.SelectMany(word => (string[])[word, word + "&category=engineering&region=42&type=candidates-publicised"]).ToDictionary(query => query, _ => new HashSet<Guid>());
        var began = Stopwatch.GetTimestamp();
        await new Crowd(Seed).Fill(service, rows, notice =>
        {
            foreach (var (query, ids) in expected)
                if (notice.Fits(query)) ids.Add(notice.Id);
        });
        var filled = Stopwatch.GetElapsedTime(began);

        using var connection = (await Connection.Open(service.Address, 1))[0];
        var found = 0;
        foreach (var (query, ids) in expected) found += await Compare(service, connection, query, ids);

        await using var statements = await Statements.Open(service);
        var chance = new Random(Seed);
        var (searches, requests, plain) = (new Times(), new Times(), new Times());
        var empty = 0;
        for (var i = 0; i < asked; i++)
        {
            var question = Crowd.Question(chance);
            var items = await searches.Take(question, () => statements.Search(question));
            if (items is 0) empty++;
            if (i % PlainOnceIn is 0 && await plain.Take(question, () => statements.Plain(question)) is { } byHand && byHand != items) throw new InvalidOperationException($"{question}: {items} items, {byHand} by hand.");
            await requests.Take(question, () => Ask(service, connection, question));
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            search: {rows:N0} notices made in {filled.TotalSeconds:N0} s, seed {Seed}; {expected.Count} searches found the same {found:N0} as reading them all
            {asked:N0} searches by one to five filters in any order, {empty:N0} of them in vain:
              at the database   {searches}
              over HTTP         {requests}
              plain statement   {plain}, of one in {PlainOnceIn}; they took {plain.Sum / searches.Of(plain):N1} times as long as the same searches
            slowest at the database:
              {string.Join("\n  ", searches.Slowest(pace == Pace.Full ? 10 : 1))}
            """);
    }

    private static async Task<int?> Ask(Service service, Connection connection, string question) =>
        await connection.Ask(Notices.Get(service.Address, $"/v1/notices?{question}")) is 200 ? null : throw new InvalidOperationException(connection.Answer);

    private static async Task<int> Compare(Service service, Connection connection, string query, HashSet<Guid> expected)
    {
        var found = new HashSet<Guid>();
        var begin = string.Join('&', query.Split('&').Select(part => part.Split('=')).Select(part => $"{part[0]}={Uri.EscapeDataString(part[1])}"));
        for (string? next = $"/v1/notices?limit=200&{begin}"; next is not null;)
        {
            await connection.Ask(Notices.Get(service.Address, next));
            using var page = JsonDocument.Parse(connection.Body);
            foreach (var item in page.RootElement.GetProperty("items").EnumerateArray()) found.Add(item.GetProperty("noticeId").GetGuid());
            next = page.RootElement.GetProperty("links").TryGetProperty("next", out var link) ? link.GetString() : null;
        }

        return found.SetEquals(expected) ? found.Count : throw new InvalidOperationException($"{query}: {found.Count} found, {expected.Count} there are.");
    }

    /// <summary>How long each took.</summary>
    private sealed class Times
    {
        private readonly List<(double Milliseconds, string Question)> taken = [];

        public double Sum => taken.Sum(each => each.Milliseconds);

        /// <summary>How long those took that others were taken of as well.</summary>
        public double Of(Times others) => taken.Where(each => others.taken.Any(other => other.Question == each.Question)).Sum(each => each.Milliseconds);

        public async Task<int?> Take(string question, Func<Task<int?>> search)
        {
            var began = Stopwatch.GetTimestamp();
            var found = await search();
            taken.Add((Stopwatch.GetElapsedTime(began).TotalMilliseconds, question));
            return found;
        }

        public IEnumerable<string> Slowest(int count) =>
            taken.OrderByDescending(each => each.Milliseconds).Take(count).Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Milliseconds:N1} ms {Uri.UnescapeDataString(each.Question)}"));

        public override string ToString()
        {
            var sorted = taken.Select(each => each.Milliseconds).Order().ToList();
            return string.Create(CultureInfo.InvariantCulture, $"p50 {At(0.5):N1} ms, p95 {At(0.95):N1} ms, p99 {At(0.99):N1} ms, most {sorted[^1]:N1} ms");

            double At(double share) => sorted[(int)(share * (sorted.Count - 1))];
        }
    }
}
