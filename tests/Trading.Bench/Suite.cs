using System.Globalization;
using System.Runtime.InteropServices;

namespace Trading.Bench;

/// <summary>Every comparison there is, run one after the other against one service on a fresh database.</summary>
internal static class Suite
{
    private const string Usage = """
        Usage: ops/bench [--brief] [NAME ...]

          post-notice   posting a notice through the API beside inserting the same rows with Npgsql
          read-notice   reading one notice beside a static response of the same bytes

        --brief         short slices: shows that it works, measures nothing
        """;

    private static readonly Dictionary<string, Func<Service, Pace, Task<Comparison>>> scenarios = new()
    {
        ["post-notice"] = PostNotice.Run,
        ["read-notice"] = ReadNotice.Run,
    };

    public static async Task<int> Run(string[] args)
    {
        var names = args.Where(a => a is not "--brief").DefaultIfEmpty().SelectMany(a => a is null ? scenarios.Keys.ToArray() : [a]).ToList();
        if (names.FirstOrDefault(n => !scenarios.ContainsKey(n)) is { } unknown)
        {
            Console.Error.WriteLine($"There is no {unknown}.{Environment.NewLine}{Usage}");
            return 2;
        }

        var pace = args.Contains("--brief") ? Pace.Brief : Pace.Full;
        await using var service = await Service.Start();
        Console.WriteLine(await Machine(service));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pace.Rounds} rounds of {pace.Slice.TotalSeconds} s each, subject and peer by turns; {pace.Workers} connections\n"));
        Console.WriteLine(Comparison.Head);
        foreach (var name in names) Console.WriteLine((await scenarios[name](service, pace)).Row(name));
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
