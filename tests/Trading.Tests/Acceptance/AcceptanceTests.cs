using System.Diagnostics;
using Trading.Tests.Harness;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Acceptance;

/// <summary>Whatever the validators accept, at the edges of every type, breaks no read: after each posting every read answers 200.</summary>
[Collection(TradingApp.Collection)]
public sealed class AcceptanceTests(TradingApp app, ITestOutputHelper output)
{
    private const int LivesAtOnce = 8;

    [Fact]
    public async Task what_is_accepted_breaks_nothing_that_is_read()
    {
        Tell($"seed {Campaign.Seed}, from life {Campaign.From}");
        var (procedures, watch) = (new List<Guid>(), Stopwatch.StartNew());
        var first = await Number("select coalesce(max(seq_id), 0) from events.mt_events");
        await Feed.CaughtUp(app);
        var firstPosition = await Number("select coalesce(max(position) + 1, 0) from log.leaf");
        var (cases, refused, read, life, since) = (0, 0, 0, Campaign.From, first);
        while (cases < Campaign.Cases && watch.Elapsed < Campaign.Longest)
        {
            var held = life == Campaign.From;
            var readings = new Readings(app, held);
            for (var i = 0; i < LivesAtOnce; i++, life++)
            {
                var one = new Life(app, unchecked((Campaign.Seed * 31) + life), held);
                await one.Live(readings.After);
                cases += one.Accepted.Count;
                refused += one.Refused;
            }

            procedures.AddRange(await readings.Of(since));
            read += readings.Count;
            since = await Number("select max(seq_id) from events.mt_events");
            if (life % 80 is 0 || !Campaign.IsLong) Tell($"{cases} accepted, {refused} refused, {read} read, {life} lives, {watch.Elapsed.TotalSeconds:0} s");
        }

        await new Readings(app, held: false).InTheEnd([.. procedures.Distinct()], firstPosition);
        Tell($"{cases} accepted, {refused} refused, {read} read in {watch.Elapsed.TotalSeconds:0} s; made anew and mirrored the same");
        Assert.True(cases >= Campaign.Cases || watch.Elapsed >= Campaign.Longest);
        Assert.True(cases > refused / 4, $"{cases} accepted, {refused} refused: the validators are hardly passed");
    }

    private void Tell(string what)
    {
        output.WriteLine(what);
        TestContext.Current.SendDiagnosticMessage("{0}", what);
        if (Campaign.IsLong) Console.WriteLine(what);
    }

    private async Task<long> Number(string sql) => (await Posted.Rows<long>(app.Database, sql)).Single();
}
