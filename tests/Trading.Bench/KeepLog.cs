namespace Trading.Bench;

/// <summary>What the log costs: posting to a service that notes, sequences, signs and publishes every event, beside one that does not.</summary>
internal static class KeepLog
{
    private const int LongerSlices = 2;   // what is sequenced after a slice has ended weighs less

    public static async Task<Comparison> Run(Service service, Pace pace)
    {
        var longer = pace with { Slice = LongerSlices * pace.Slice };
        await using var without = await Service.Start("bench_without_log", keepsLog: false);
        var (with, beside) = (await Connection.Open(service.Address, pace.Workers), await Connection.Open(without.Address, pace.Workers));
        var comparison = await Comparison.Of(
            "logged", () => PostNotice.Announce(service, with, longer), "not logged", () => PostNotice.Announce(without, beside, longer), longer);
        foreach (var connection in (Connection[])[.. with, .. beside]) connection.Dispose();
        return comparison;
    }
}
