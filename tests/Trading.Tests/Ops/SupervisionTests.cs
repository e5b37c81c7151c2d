using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>How ops/run restarts what has ended.</summary>
public sealed class SupervisionTests
{
    private const string Script =
        """
        set -euo pipefail
        source ops/process.sh
        source ops/supervision.sh
        brief='' lasting=''
        brief_start() { child bash -c 'exit 3' & brief=$!; }
        brief_log() { say "the last words"; }
        lasting_start() { say "lasting starts"; child sleep 600 & lasting=$!; }
        finish() { trap '' TERM; end "$lasting" KILL 5; }
        trap finish EXIT
        trap 'exit 0' TERM
        longest_pause=2 crash_loop=3
        brief_start
        lasting_start
        supervise brief lasting
        """;

    [Fact]
    public async Task pauses_double_up_to_a_bound_a_crash_loop_is_reported_and_attempts_go_on()
    {
        await using var script = Running.Start("bash", ["-c", Script, "supervision"], new Dictionary<string, string?>());

        var output = await script.Until(said => Pauses(said).Length is 5 ? said : null, TimeSpan.FromSeconds(60));

        Assert.Equal(["1", "2", "2", "2", "2"], Pauses(output));
        Assert.Contains("brief is in a crash loop: it has ended 3 times in a row", output, StringComparison.Ordinal);
        Assert.Contains("the last words", output, StringComparison.Ordinal);
        Assert.Single(output.Split("lasting starts")[1..]);
        await script.Signal("TERM");
        Assert.Equal(0, await script.End(TimeSpan.FromSeconds(15)));
    }

    private static string[] Pauses(string said) => [.. said.Split("brief ended with code 3; restarting it in ")[1..].Select(rest => rest[..rest.IndexOf(' ', StringComparison.Ordinal)])];
}
