using Trading.Delivery;
using Xunit;

namespace Trading.Tests.Delivery;

public sealed class KeptAnswersTests : IDisposable
{
    private static readonly byte[] answer = [1, 2, 3];
    private readonly Stopped clock = new();
    private readonly Freshness freshness;
    private readonly KeptAnswers answers;

    public KeptAnswersTests() => answers = new KeptAnswers(freshness = new Freshness(clock));

    public void Dispose() => answers.Dispose();

    [Fact]
    public async Task an_answer_is_given_out_until_what_it_depends_on_changes()
    {
        await Keep(freshness.Now, "a", "b");
        Assert.Equal(answer, await Ask());

        freshness.Changed("c");
        Assert.Equal(answer, await Ask());

        freshness.Changed("b");
        Assert.Null(await Ask());
    }

    [Fact]
    public async Task what_changed_while_the_answer_was_made_makes_it_stale()
    {
        var begun = freshness.Now;
        freshness.Changed("a");

        await Keep(begun, "a");

        Assert.Null(await Ask());
    }

    [Fact]
    public async Task an_answer_that_says_not_what_it_depends_on_is_not_kept()
    {
        await Keep(freshness.Now);
        Assert.Null(await Ask());

        await answers.SetAsync("key", answer, ["a"], TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        Assert.Null(await Ask());
    }

    [Fact]
    public async Task when_too_much_has_changed_to_remember_everything_has()
    {
        await Keep(freshness.Now, "never");
        for (var i = 0; i <= 100_000; i++) freshness.Changed($"{i}");
        Assert.Null(await Ask());

        await Keep(freshness.Now, "never");
        Assert.Equal(answer, await Ask());
        freshness.EverythingChanged();
        Assert.Null(await Ask());
    }

    [Fact]
    public async Task who_has_not_heard_for_two_seconds_gives_nothing_out()
    {
        await Keep(freshness.Now, "a");
        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(answer, await Ask());
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(await Ask());

        await Keep(freshness.Now, "a");
        freshness.UpToDate();
        Assert.Equal(answer, await Ask());
    }

    [Fact]
    public async Task an_eviction_is_a_change()
    {
        await Keep(freshness.Now, "a");
        await answers.EvictByTagAsync("a", TestContext.Current.CancellationToken);
        Assert.Null(await Ask());
    }

    private ValueTask Keep(long since, params string[] on) => answers.SetAsync("key", answer, [.. on, $"since:{since}"], TimeSpan.FromHours(1), TestContext.Current.CancellationToken);

    private ValueTask<byte[]?> Ask() => answers.GetAsync("key", TestContext.Current.CancellationToken);

    private sealed class Stopped : TimeProvider
    {
        private long at;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => at;

        public void Advance(TimeSpan by) => at += by.Ticks;
    }
}
