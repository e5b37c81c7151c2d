using System.Globalization;
using System.Runtime.InteropServices;

namespace Trading.Bench;

/// <summary>Every comparison there is, and what is measured without a peer, run one after the other against one service on a fresh database.</summary>
internal static class Suite
{
    private const string Usage = """
        Usage: ops/bench [--brief] [NAME ...]

          post-notice   posting a notice through the API beside inserting the same rows with Npgsql
          read-notice   reading one notice that is kept in memory beside a static response of the same bytes
          read-anew     reading one notice from the database beside asking PostgreSQL by hand
          read-feed     reading a full page of the feed beside asking PostgreSQL for its rows by hand
          keep-log      posting where the log is kept beside posting where it is not
          check-notice  what checking a notice by all rules costs, before it is published
          feed-lag      how long after its commit an event reaches a reader of the feed, at 200 a second
          search        searching by any filters among a million notices made for it

        --brief             short slices: shows that it works, measures nothing
        --beside REVISION   this build beside that of another commit: post-notice, read-notice, read-anew, read-feed, check-notice, search
        """;

    private static readonly Dictionary<string, Func<Service, Pace, Task<Comparison>>> scenarios = new()
    {
        ["post-notice"] = PostNotice.Run,
        ["read-notice"] = ReadNotice.Kept,
        ["read-anew"] = ReadNotice.Anew,
        ["read-feed"] = ReadFeed.Run,
        ["keep-log"] = KeepLog.Run,
    };

    private static readonly Dictionary<string, Func<Service, Pace, Task<string>>> figures = new()
    {
        ["check-notice"] = CheckNotice.Run,
        ["feed-lag"] = FeedLag.Run,
        ["search"] = SearchNotices.Run,
    };

    public static async Task<int> Run(string[] args)
    {
        var other = Environment.GetEnvironmentVariable("TRADING_BENCH_BESIDE");
        string[] all = other is null ? [.. scenarios.Keys, .. figures.Keys] : [.. Beside.Names];
        var names = args.Where(a => a is not "--brief").DefaultIfEmpty().SelectMany(a => a is null ? all : [a]).ToList();
        if (names.Except(all).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine($"There is no {unknown}.{Environment.NewLine}{Usage}");
            return 2;
        }

        var pace = args.Contains("--brief") ? Pace.Brief : Pace.Full;
        await using var service = await Service.Start();
        Console.WriteLine(await Machine(service));
        if (other is not null)
        {
            await Beside.Run(other, names, pace);
            return 0;
        }

        var compared = names.Where(scenarios.ContainsKey).ToList();
        if (compared.Count > 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pace.Rounds} rounds of {pace.Slice.TotalSeconds} s each after {pace.Warming} to warm up, subject and peer by turns; {pace.Workers} connections\n"));
            Console.WriteLine(Comparison.Head);
        }

        foreach (var name in compared) Console.WriteLine((await scenarios[name](service, pace)).Row(name));
        foreach (var name in names.Where(figures.ContainsKey)) Console.WriteLine($"\n{await figures[name](service, pace)}");
        return 0;
    }

    private static async Task<string> Machine(Service service)
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30);
        await using var version = service.Database.CreateCommand("show server_version");
        return $"{Environment.ProcessorCount} processors ({processor}), {memory} GiB; PostgreSQL {await version.ExecuteScalarAsync()}, "
            + $"{RuntimeInformation.FrameworkDescription}; service, database and load on this one machine";
    }
}
