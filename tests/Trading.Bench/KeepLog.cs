namespace Trading.Bench;

/// <summary>What the log costs: posting to a service that notes, sequences, signs and publishes every event, beside one that does not.</summary>
internal static class KeepLog
{
    private const int LongerSlices = 2;   // what is sequenced after a slice has ended weighs less

    public static async Task<Comparison> Run(Service service, Pace pace)
    {
        var longer = pace with { Slice = LongerSlices * pace.Slice };
        await using var without = await Service.Start("bench_without_log", keepsLog: false);
        using var logged = await PostNotice.Announcing(service, longer);
        using var notLogged = await PostNotice.Announcing(without, longer);
        return await Comparison.Of("logged", logged, "not logged", notLogged, longer);
    }
}
