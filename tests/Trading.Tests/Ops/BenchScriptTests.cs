using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops;

public sealed class BenchScriptTests
{
    /// <summary>That it measures; not what.</summary>
    [Fact]
    public async Task every_comparison_runs_to_a_ratio()
    {
        var (code, output) = await RunScript.RunToEnd("ops/bench", "--brief");
        Assert.True(code is 0, output);
        Assert.Matches(@"\| post-notice: API / Npgsql \| [1-9][0-9,]* \| [1-9][0-9,]* \| \*\*[0-9.]+\*\*", output);
        Assert.Matches(@"\| keep-log: logged / not logged \| [1-9][0-9,]* \| [1-9][0-9,]* \| \*\*[0-9.]+\*\*", output);
        Assert.Matches(@"check-notice: median -?[0-9,]+ µs .* all packs loaded; the whole request with its registration [1-9][0-9,]* µs", output);
        Assert.Matches(@"feed-lag: 200 events at [0-9]+ per s; .* p50 [0-9,]+ ms, p99 [0-9,]+ ms, most [0-9,]+ ms", output);
        Assert.Matches(@"search: 1,000 notices .* 8 searches found the same [1-9][0-9,]* as reading them all", output);
        Assert.Matches(@"60 searches .* p50 [0-9.,]+ ms, p95 [0-9.,]+ ms, p99 [0-9.,]+ ms", output.ReplaceLineEndings(" "));
        Assert.Matches(@"\| read-anew: API, nothing kept / Npgsql by hand \| [1-9][0-9,]* \| [1-9][0-9,]* \| \*\*[0-9.]+\*\*", output);
        Assert.Matches(@"\| read-feed: API / Npgsql by hand \| [1-9][0-9,]* \| [1-9][0-9,]* \| \*\*[0-9.]+\*\*", output);
        Assert.Matches(@"\| read-notice: API / static \| [1-9][0-9,]* \| [1-9][0-9,]* \| \*\*[0-9.]+\*\*", output);
    }

    /// <summary>The other build is this one here, because building a commit takes minutes.</summary>
    [Fact]
    public async Task another_build_does_the_same_work()
    {
        await using var running = Running.Start(
            "env", [$"TRADING_BENCH_BESIDE={Repository.Program}", Repository.PathOf("ops/bench"), "--brief", "read-anew", "search"], new Dictionary<string, string?>());
        Assert.True(await running.End(TimeSpan.FromMinutes(5)) is 0, running.Output);
        foreach (var name in (string[])["read-anew", "search"])
            Assert.Matches($@"\| {name} \| [1-9][0-9,]* \| [1-9][0-9,]* \| \*\*[0-9.]+\*\* \(.*\) \| .* \| \*\*[0-9.]+\*\* \|", running.Output);
    }
}
