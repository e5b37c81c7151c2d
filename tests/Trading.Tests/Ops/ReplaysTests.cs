using System.Globalization;
using Trading.Tests.Harness;
using Trading.Tests.Law;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>ops/replay over a database of many procedures.</summary>
public sealed class ReplaysTests : IDisposable
{
    private readonly DirectoryInfo packs = Directory.CreateTempSubdirectory("trading-packs-");

    [Fact]
    public async Task prints_a_line_for_every_notice_that_would_have_been_refused_and_changes_nothing()
    {
        await using var log = await KeptLog.Open("replay", sm3: false);
        const int times = 9;   // so that there are more than are taken at once
        for (var i = 0; i < times; i++) await log.RecordEveryLife();
        var before = await Events(log);
        await Write(LawbookTests.Pack("""{"id":"R-X-1","from":"announced-at","to":"submission-deadline","value":60,"jurisdiction":"4205"}"""));

        var (code, output) = await Replay(log, "--packs", packs.FullName);

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1, code);
        Assert.All(lines[..^1], line => Assert.Matches("^[0-9a-f-]{36} [0-9a-f-]{36} R-[A-Z]-[0-9]+ ", line));
        var expected = await log.Ask<long>(
            """
            select count(*) from events.mt_events e join events.mt_events first on first.stream_id = e.stream_id and first.version = 1
            where first.data #>> '{notice,heading,category}' = 'engineering' and e.type in ('announcement-published', 'deadline-extended')
            """);
        Assert.True(expected > 50);
        Assert.Equal(expected, lines.Count(line => line.Contains(" R-X-1 示例条例 第一条", StringComparison.Ordinal)));
        Assert.EndsWith(string.Create(CultureInfo.InvariantCulture, $" of {before} notices of {times * Lives.All.Count} procedures would have been refused"), lines[^1], StringComparison.Ordinal);
        Assert.Equal(before, await Events(log));
    }

    [Fact]
    public async Task what_cannot_be_asked_is_said()
    {
        await using var log = await KeptLog.Open("unreplayed", sm3: false);
        foreach (var arguments in new string[][] { [], ["--packs"], ["--packs", Path.Combine(packs.FullName, "none")], ["--packs", packs.FullName, "--all"] })
            Assert.Equal(2, (await Replay(log, arguments)).Code);

        Assert.Equal((0, "0 of 0 notices of 0 procedures would have been refused\n"), await Replay(log, "--packs", packs.FullName));
        await Write("{}");
        var (code, output) = await Replay(log, "--packs", packs.FullName);
        Assert.Equal(2, code);
        Assert.StartsWith("stricter.json: ", output, StringComparison.Ordinal);
    }

    public void Dispose() => packs.Delete(recursive: true);

    private Task Write(string pack) => File.WriteAllTextAsync(Path.Combine(packs.FullName, "stricter.json"), pack, TestContext.Current.CancellationToken);

    private static Task<long> Events(KeptLog log) => log.Ask<long>("select count(*) from events.mt_events");

    private static async Task<(int Code, string Output)> Replay(KeptLog log, params string[] arguments)
    {
        await using var running = Running.Start(Repository.PathOf("ops", "replay"), arguments, Service.Environment(log.Database, log.In("")));
        return (await running.End(TimeSpan.FromSeconds(60)), running.Output);
    }
}
