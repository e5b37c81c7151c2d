using System.Globalization;

namespace Trading.Bench;

/// <summary>How long and how hard is driven.</summary>
/// <param name="Warming">How many rounds go before those that count: code is compiled while it runs, and for the first seconds that is most of the work.</param>
/// <param name="Steady">How long something is watched that has no peer.</param>
/// <param name="Rows">Notices that are searched by turns.</param>
internal sealed record Pace(int Warming, int Rounds, TimeSpan Slice, int Workers, TimeSpan Steady, int Rows)
{
    public static readonly Pace Full = new(10, 10, TimeSpan.FromSeconds(1), 16, TimeSpan.FromSeconds(30), 100_000);
    public static readonly Pace Brief = new(1, 2, TimeSpan.FromMilliseconds(100), 4, TimeSpan.FromSeconds(1), 1_000);
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

    public static async Task<Comparison> Of(string name, Subject subject, string peerName, Subject peer, Pace pace)
    {
        for (var round = 0; round < pace.Warming; round++)
        {
            await subject.Drive();
            await peer.Drive();
        }

        var pairs = new List<(Slice, Slice)>();
        for (var round = 0; round < pace.Rounds; round++) pairs.Add((await subject.Drive(), await peer.Drive()));
        return new Comparison(name, peerName, pairs);
    }

    public double SubjectPerSecond => Median(Pairs.Select(pair => pair.Subject.PerSecond));

    public double PeerPerSecond => Median(Pairs.Select(pair => pair.Peer.PerSecond));

    /// <summary>Of one operation, in microseconds.</summary>
    public (double Service, double Postgres) SubjectCpu => Cpu([.. Pairs.Select(pair => pair.Subject)]);

    /// <summary>Likewise; of a peer that is no service, only PostgreSQL's counts.</summary>
    public (double Service, double Postgres) PeerCpu => Cpu([.. Pairs.Select(pair => pair.Peer)]);

    /// <summary>The median of the ratios of neighbours, and their range.</summary>
    public string Ratio
    {
        get
        {
            var ratios = Pairs.Select(pair => pair.Subject.PerSecond / pair.Peer.PerSecond).ToList();
            return string.Create(CultureInfo.InvariantCulture, $"**{Median(ratios):N2}** ({ratios.Min():N2}–{ratios.Max():N2})");
        }
    }

    public string Row(string name) => string.Create(CultureInfo.InvariantCulture,
        $"| {name}: {Subject} / {Peer} | {SubjectPerSecond:N0} | {PeerPerSecond:N0} | {Ratio} | {SubjectCpu.Service:N0} + {SubjectCpu.Postgres:N0} µs |");

    private static (double Service, double Postgres) Cpu(IReadOnlyList<Slice> slices)
    {
        var operations = slices.Sum(slice => slice.Operations);
        return (slices.Sum(slice => slice.ServiceCpu.TotalMicroseconds) / operations, slices.Sum(slice => slice.PostgresCpu.TotalMicroseconds) / operations);
    }

    private static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
