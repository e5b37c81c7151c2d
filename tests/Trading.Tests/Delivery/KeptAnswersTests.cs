using Trading.Delivery;
using Trading.Http;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Delivery;

public sealed class KeptAnswersTests : IDisposable
{
    private static readonly Asked asked = new("/v1/codelists", "", "", "");
    private readonly StoppedClock clock = new();
    private readonly Freshness freshness;
    private readonly KeptAnswers answers;

    public KeptAnswersTests() => answers = new KeptAnswers(freshness = new Freshness(clock));

    public void Dispose() => answers.Dispose();

    [Fact]
    public void an_answer_is_given_out_until_what_it_depends_on_changes()
    {
        Keep(freshness.Now, "a", "b");
        Assert.True(IsThere);

        freshness.Changed("c");
        Assert.True(IsThere);

        freshness.Changed("b");
        Assert.False(IsThere);
    }

    [Fact]
    public void what_changed_while_the_answer_was_made_makes_it_stale()
    {
        var begun = freshness.Now;
        freshness.Changed("a");

        Keep(begun, "a");

        Assert.False(IsThere);
    }

    [Fact]
    public void an_answer_that_says_not_what_it_depends_on_is_not_kept()
    {
        Keep(freshness.Now);
        Assert.False(IsThere);
    }

    [Fact]
    public void another_question_has_another_answer()
    {
        Keep(freshness.Now, "a");

        foreach (var other in (Asked[])[asked with { Path = "/V1/codelists" }, asked with { Query = "?asOf=1" }, asked with { Time = "then" }, asked with { Coding = "br" }])
            Assert.Null(answers.Find(other));
        Assert.NotNull(answers.Find(asked with { }));
    }

    [Fact]
    public void when_too_much_has_changed_to_remember_everything_has()
    {
        Keep(freshness.Now, "never");
        for (var i = 0; i <= 100_000; i++) freshness.Changed($"{i}");
        Assert.False(IsThere);

        Keep(freshness.Now, "never");
        Assert.True(IsThere);
        freshness.EverythingChanged();
        Assert.False(IsThere);
    }

    [Fact]
    public void what_is_kept_is_given_out_while_nothing_can_be_learned_and_until_it_is_known_to_have_changed()
    {
        Keep(freshness.Now, "a");
        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(TimeSpan.Zero, freshness.Silence);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(TimeSpan.FromSeconds(2), freshness.Silence);
        Assert.True(IsThere);

        freshness.Changed("a");
        Assert.False(IsThere);
        freshness.UpToDate();
        Assert.Equal(TimeSpan.Zero, freshness.Silence);
    }

    private bool IsThere => answers.Find(asked) is not null;

    private void Keep(long since, params string[] on) => answers.Keep(asked, new KeptAnswer([1, 2, 3], "\"1\"", [], on, since, 0));
}
