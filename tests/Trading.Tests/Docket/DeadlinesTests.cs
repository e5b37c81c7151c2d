using Trading.Docket;
using Trading.Events;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Docket;

public sealed class DeadlinesTests
{
    private static readonly DateTimeOffset Week = ClosesAt.AddDays(7);

    [Fact]
    public void a_lot_that_is_not_out_has_none() => Assert.Equal(new Deadline(null, null), Of(Registered(), Announced(L2)));

    [Fact]
    public void the_announcement_sets_them() => Assert.Equal(new Deadline(ClosesAt, OpenedAt), Of(Announced(L1)));

    [Fact]
    public void an_announcement_begins_afresh_after_a_prequalification() =>
        Assert.Equal(new Deadline(null, null), Of(Prequalified(L1), Announced(L1) with { Submission = null, Opening = null }));

    [Fact]
    public void an_extension_takes_the_opening_with_it() =>
        Assert.Equal(new Deadline(Week, Week), Of(Announced(L1), Extended("2026-03-30T09:00:00", L1)));

    [Fact]
    public void an_opening_later_than_the_new_deadline_stays() =>
        Assert.Equal(
            new Deadline(Week, Week.AddHours(1)),
            Of(Announced(L1) with { Opening = new OpeningPlan(Week.AddHours(1)) }, Extended("2026-03-30T09:00:00", L1)));

    [Fact]
    public void clarifications_and_corrections_change_what_they_name()
    {
        Assert.Equal(new Deadline(ClosesAt, Week), Of(Announced(L1), Clarified(L1) with { Opening = new OpeningPlan(Week) }));
        Assert.Equal(
            new Deadline(Week, Week), Of(Announced(L1), Corrected(Announced().Notice.NoticeId, L1) with { Submission = new Submission(Week) }));
        Assert.Equal(new Deadline(ClosesAt, OpenedAt), Of(Announced(L1, L2), Extended("2026-03-30T09:00:00", L2)));
    }

    [Fact]
    public void a_withdrawn_clarification_counts_no_more_and_what_came_after_it_still_does()
    {
        var clarified = Clarified(L1) with { Submission = new Submission(Week) };

        Assert.Equal(new Deadline(ClosesAt, OpenedAt), Of(Announced(L1), clarified, Withdrawn(clarified)));
        Assert.Equal(
            new Deadline(Week.AddDays(7), Week.AddDays(7)),
            Of(Announced(L1), clarified, Extended("2026-04-06T09:00:00", L1), Withdrawn(clarified)));
    }

    [Fact]
    public void with_a_withdrawn_announcement_goes_what_followed_it() =>
        Assert.Equal(
            new Deadline(Prequalified().Submission!.Deadline, null),
            Of(Prequalified(L1), Announced(L1), Extended("2026-03-30T09:00:00", L1), Withdrawn(Announced())));

    [Fact]
    public void a_second_round_begins_afresh() =>
        Assert.Equal(
            new Deadline(ClosesAt, OpenedAt),
            Of(Announced(L1), Extended("2026-03-30T09:00:00", L1), Decided(None(L1)), Announced(L1) with { Notice = Announced().Another(50) }));

    private static Deadline Of(params object[] facts) => Folded<Deadlines>(facts).Of(L1);
}
