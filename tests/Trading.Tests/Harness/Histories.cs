using System.Globalization;
using JasperFx.Events;
using Trading.Events;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>Procedures by chance, recorded fact by fact in turns, with days between them, and the moments since.</summary>
internal sealed class Histories(IReadOnlyList<RecordedHistory> all)
{
    private readonly (DateTimeOffset First, DateTimeOffset Last) times = (all.Min(h => h.Events[0].Timestamp), all.Max(h => h.Events[^1].Timestamp));
    private readonly (long Least, long Most) positions = (all.Min(h => h.Positions[0]), all.Max(h => h.Positions[^1]));

    public IReadOnlyList<RecordedHistory> All => all;

    /// <param name="chance">Gives the procedures; <paramref name="random"/> in whose turn it is, and when.</param>
    /// <param name="adapt">Makes of each fact what is recorded.</param>
    public static async Task<Histories> Record(TradingApp app, Random random, RandomNotices chance, int procedures, Func<INoticed, INoticed>? adapt = null)
    {
        var now = Samples.Later;
        var waiting = new List<(Guid Procedure, Queue<INoticed> Facts)>();
        for (var i = 0; i < procedures; i++)
        {
            var (procedure, facts) = chance.Next();
            waiting.Add((procedure, new Queue<INoticed>(adapt is null ? facts : facts.Select(adapt))));
        }

        var ids = waiting.Select(life => life.Procedure).ToList();
        while (waiting.Count > 0)
        {
            var (procedure, facts) = waiting[random.Next(waiting.Count)];
            app.Clock.Set(now = now.AddSeconds(random.Next(1, 100_000)));
            await RecordedLives.Record(app.Store, procedure, [facts.Dequeue()]);
            waiting.RemoveAll(life => life.Facts.Count is 0);
        }

        app.Clock.Set(now + ((now - Samples.Later) * 0.1) + TimeSpan.FromDays(1));   // moments are asked for that lie a little behind the last event
        await Feed.CaughtUp(app);
        await using var session = app.Store.QuerySession();
        var histories = new List<RecordedHistory>();
        foreach (var id in ids)
            histories.Add(new RecordedHistory(await session.Events.FetchStreamAsync(id, token: TestContext.Current.CancellationToken), [.. await Posted.Rows<long>(app.Database, $"select position from log.leaf where stream = '{id}' order by version")]));
        return new Histories(histories);
    }

    /// <summary>A time or a position by chance, as it is asked for, and what a history held by then.</summary>
    public (string AsOf, Func<RecordedHistory, IReadOnlyList<IEvent>> Then) Moment(Random random) =>
        random.Next(2) is 0 ? At(random.NextInt64(positions.Least, positions.Most + 1)) : At(times.First + ((times.Last - times.First) * (random.NextDouble() * 1.1 - 0.05)));

    private static (string AsOf, Func<RecordedHistory, IReadOnlyList<IEvent>> Then) At(long position) =>
        (position.ToString(CultureInfo.InvariantCulture), history => [.. history.Events.Take(history.Positions.Count(p => p <= position))]);

    private static (string AsOf, Func<RecordedHistory, IReadOnlyList<IEvent>> Then) At(DateTimeOffset time) =>
        (time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture), history => [.. history.Events.TakeWhile(e => e.Timestamp <= time)]);
}

/// <param name="Positions">Of the events, in order.</param>
internal sealed record RecordedHistory(IReadOnlyList<IEvent> Events, IReadOnlyList<long> Positions);
