using Trading.Projections;
using Xunit;

namespace Trading.Tests.Projections;

public sealed class TermsTests
{
    /// <summary>They lie in databases: another number is found no more.</summary>
    [Fact]
    public void numbers_stay_what_they_are() => Assert.Equal(
        [Terms.Of("category", "land"), Terms.OfText("学校").Single(), Terms.OfStep(Steps.Amount, 7)],
        [Number("category=land"), Number("~学校"), Number("amount#7")]);

    [Fact]
    public void steps_of_amounts_never_fall()
    {
        var amounts = Enumerable.Range(0, 3_000).Select(i => (decimal)i).Concat(Enumerable.Range(4, 9).SelectMany(power => Enumerable.Range(1, 99).Select(i => i * (decimal)Math.Pow(10, power))));
        var steps = amounts.Order().Select(Steps.Of).ToList();

        Assert.Equal(steps.Order(), steps);
        Assert.True(steps.Distinct().Count() > 200);
        Assert.Equal(0, Steps.Of(-1m));
        Assert.InRange(Steps.Of(9_999_999_999_999.999999m), 0, Steps.OfAmounts - 1);
    }

    [Fact]
    public void steps_of_times_are_months_within_the_years_that_matter()
    {
        var months = Enumerable.Range(0, 600).Select(i => new DateTimeOffset(1995, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(i)).ToList();
        var steps = months.Select(Steps.Of).ToList();

        Assert.Equal(steps.Order(), steps);
        Assert.Equal(Steps.OfTimes, steps.Distinct().Count());
        Assert.Equal(Steps.OfTimes - 1, steps[^1]);
    }

    private static int Number(string term) =>
        unchecked((int)System.Text.Encoding.Unicode.GetBytes(term).Aggregate(2166136261u, (hash, one) => unchecked((hash ^ one) * 16777619u)));
}
