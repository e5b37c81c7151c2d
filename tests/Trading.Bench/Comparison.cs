using System.Globalization;

namespace Trading.Bench;

/// <summary>How long and how hard is driven.</summary>
/// <param name="Warming">How many rounds go before those that count: code is compiled while it runs, and for the first seconds that is most of the work.</param>
/// <param name="Steady">How long something is watched that has no peer.</param>
internal sealed record Pace(int Warming, int Rounds, TimeSpan Slice, int Workers, TimeSpan Steady)
{
    public static readonly Pace Full = new(10, 10, TimeSpan.FromSeconds(1), 16, TimeSpan.FromSeconds(30));
    public static readonly Pace Brief = new(1, 2, TimeSpan.FromMilliseconds(100), 4, TimeSpan.FromSeconds(1));
}

/// <summary>One slice of time: operations done in it, and processor time they took in the service and in PostgreSQL.</summary>
internal sealed record Slice(int Operations, TimeSpan Elapsed, TimeSpan ServiceCpu, TimeSpan PostgresCpu)
{
    public double PerSecond => Operations / Elapsed.TotalSeconds;
}

/// <summary>
/// A subject beside its peer. The slices alternate, so that whatever else the machine does hits both; the ratio is taken by pairs of
/// neighbours, and its median and range are told.
/// </summary>
internal sealed record Comparison(string Subject, string Peer, IReadOnlyList<(Slice Subject, Slice Peer)> Pairs)
{
    public const string Head = """
        | | subject, per s | peer, per s | ratio: median (least–most) | CPU of a subject: service + PostgreSQL |
        |---|---:|---:|---:|---:|
        """;

    public static async Task<Comparison> Of(string subject, Func<Task<Slice>> runSubject, string peer, Func<Task<Slice>> runPeer, Pace pace)
    {
        for (var round = 0; round < pace.Warming; round++)
        {
            await runSubject();
            await runPeer();
        }

        var pairs = new List<(Slice, Slice)>();
        for (var round = 0; round < pace.Rounds; round++) pairs.Add((await runSubject(), await runPeer()));
        return new Comparison(subject, peer, pairs);
    }

    public string Row(string name)
    {
        var ratios = Pairs.Select(p => p.Subject.PerSecond / p.Peer.PerSecond).Order().ToList();
        var operations = Pairs.Sum(p => p.Subject.Operations);
        double Microseconds(Func<Slice, TimeSpan> cpu) => Pairs.Sum(p => cpu(p.Subject).TotalMicroseconds) / operations;
        return string.Create(CultureInfo.InvariantCulture,
            $"| {name}: {Subject} / {Peer} | {Median(p => p.Subject.PerSecond):N0} | {Median(p => p.Peer.PerSecond):N0} "
            + $"| **{ratios[ratios.Count / 2]:N2}** ({ratios[0]:N2}–{ratios[^1]:N2}) "
            + $"| {Microseconds(s => s.ServiceCpu):N0} + {Microseconds(s => s.PostgresCpu):N0} µs |");
    }

    private double Median(Func<(Slice Subject, Slice Peer), double> figure)
    {
        var sorted = Pairs.Select(figure).Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
