using Trading.Projections;
using Xunit;

namespace Trading.Tests.Projections;

public sealed class TermsTests
{
    /// <summary>They lie in databases: another number is found no more.</summary>
    [Fact]
    public void numbers_stay_what_they_are() => Assert.Equal(
        [883_166_375, -662_468_451, -1_774_720_644, -758_162_546, 2_062_521_782, 1_238_356_037],
        [Terms.Of("category", "land"), Terms.OfText("学校").Single(), Terms.OfText("g55").Single(), Terms.OfText("𠮷野").Single(), Terms.OfRanked("学校", rank: 1).Single(), Terms.OfStep(Steps.Amount, 7)]);

    [Fact]
    public void steps_of_amounts_never_fall()
    {
        var amounts = Enumerable.Range(0, 3_000).Select(i => (decimal)i).Concat(Enumerable.Range(4, 9).SelectMany(power => Enumerable.Range(1, 99).Select(i => i * (decimal)Math.Pow(10, power))));
        var steps = amounts.Order().Select(amount => Steps.OfAmount(amount, Guid.Empty)).ToList();

        Assert.Equal(steps.Order(), steps);
        Assert.True(steps.Distinct().Count() > 200);
        Assert.InRange(steps[0], Steps.Months, Steps.Months);
        Assert.InRange(Steps.OfAmount(9_999_999_999_999.999999m, Guid.Empty), 0, Steps.OfAmounts - 1);
    }

    [Fact]
    public void steps_of_times_are_months_within_the_years_that_matter()
    {
        var steps = months.Select(Steps.OfPublished).ToList();

        Assert.Equal(steps.Order(), steps);
        Assert.Equal(Steps.Months, steps.Distinct().Count());
        Assert.Equal(Steps.Months - 1, steps[^1]);
    }

    [Fact]
    public void what_has_none_stands_before_every_amount_and_behind_every_deadline_by_its_id()
    {
        Guid[] ids = [Guid.Empty, .. months.Skip(300).Select(month => Guid.CreateVersion7(month)), Guid.AllBitsSet];
        var (amounts, deadlines) = (ids.Select(id => Steps.OfAmount(-1m, id)).ToList(), ids.Select(id => Steps.OfDeadline(Figures.Order((DateTimeOffset?)null), id)).ToList());

        Assert.Equal(amounts.Order(), amounts);
        Assert.Equal(deadlines.Order(), deadlines);
        Assert.True(amounts.Distinct().Count() > 200 && deadlines.Distinct().Count() > 200);
        Assert.True(amounts[^1] < Steps.OfAmount(0m, Guid.Empty));
        Assert.True(deadlines[0] > Steps.OfDeadline(months[^1], Guid.AllBitsSet));
    }

    /// <summary>Whatever the ends, what lies between them has one of the range's terms, and nothing else has.</summary>
    [Fact]
    public void a_range_is_found_by_few_terms_and_nothing_else_is()
    {
        foreach (var (first, last) in (IEnumerable<(int, int)>)[(0, 0), (0, 963), (5, 5), (3, 4), (1, 62), (16, 31), (17, 700), (255, 257), (0, 511), (482, 963), (9, 8)])
        {
            var range = Steps.Within(first, last).ToList();
            Assert.True(range.Count <= 26, $"{range.Count} for {first} to {last}");
            Assert.Equal(Enumerable.Range(0, 1_024).Where(step => step >= first && step <= last), Enumerable.Range(0, 1_024).Where(step => Steps.Around(step).Intersect(range).Any()));
        }
    }

    private static readonly IReadOnlyList<DateTimeOffset> months = [.. Enumerable.Range(0, 600).Select(i => new DateTimeOffset(1995, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(i))];
}
