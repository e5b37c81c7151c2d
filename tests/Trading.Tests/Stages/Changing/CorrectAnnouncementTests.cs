using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Changing;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Changing;

public sealed class CorrectAnnouncementTests
{
    private static readonly object[] Out = [Registered(), Announced(L1, L2)];
    private static readonly Guid Announcement = Announced().Notice.NoticeId;

    [Fact]
    public void corrects_a_notice() =>
        Given<ChangeState>(Out).When(Correct(Corrected(Announcement))).Then(Corrected(Announcement)).ThenWarned().Keeping("change.notice-unknown");

    [Fact]
    public void corrects_also_what_is_decided_and_while_suspended() =>
        Given<ChangeState>([.. Out, Decided(None(L1)), Suspended()])
            .When(Correct(Corrected(Decided().Notice.NoticeId) with { Subject = CorrectionSubject.Result }, Later))
            .Then(Corrected(Decided().Notice.NoticeId) with { Subject = CorrectionSubject.Result });

    [Fact]
    public void puts_the_deadline_off() =>
        Given<ChangeState>(Out).When(Correct(Corrected(Announcement, L1) with { Submission = new Submission(ClosesAt.AddDays(7)) }))
            .Then(Corrected(Announcement, L1) with { Submission = new Submission(ClosesAt.AddDays(7)) });

    [Fact]
    public void a_deadline_that_ran_out_while_suspended_may_still_be_put_off() =>
        Given<ChangeState>([.. Out, Suspended()])
            .When(Correct(Corrected(Announcement, L1) with { Submission = new Submission(At("2026-04-20T09:00:00")) }, At("2026-04-01T09:00:00")))
            .Then(Corrected(Announcement, L1) with { Submission = new Submission(At("2026-04-20T09:00:00")) });

    [Fact]
    public void refuses_to_put_off_a_deadline_that_had_passed_before_the_suspension() =>
        Given<ChangeState>([.. Out, Suspended("2026-03-23T09:00:00")])
            .When(Correct(Corrected(Announcement, L1) with { Submission = new Submission(At("2026-04-20T09:00:00")) }, At("2026-04-01T09:00:00")))
            .ThenRefused("change.deadline-passed");

    [Fact]
    public void refuses_a_new_deadline_in_the_past() =>
        Given<ChangeState>([.. Out, Suspended()])
            .When(Correct(Corrected(Announcement, L1) with { Submission = new Submission(At("2026-04-01T09:00:00")) }, At("2026-04-01T09:00:00")))
            .ThenRefused("change.deadline-past");

    [Fact]
    public void refuses_a_notice_of_another_procedure() =>
        Given<ChangeState>(Out).When(Correct(Corrected(Id(404)))).ThenRefused("change.notice-unknown");

    [Fact]
    public void refuses_a_notice_that_was_withdrawn() =>
        Given<ChangeState>([.. Out, Withdrawn(Announced())]).When(Correct(Corrected(Announcement))).ThenRefused("change.notice-withdrawn");

    [Fact]
    public void refuses_an_unknown_lot_even_where_no_deadline_changes() =>
        Given<ChangeState>(Out).When(Correct(Corrected(Announcement, NoLot))).ThenRefused("lot.unknown");

    [Fact]
    public void refuses_an_earlier_deadline() =>
        Given<ChangeState>(Out).When(Correct(Corrected(Announcement, L1) with { Submission = new Submission(ClosesAt.AddDays(-1)) }))
            .ThenRefused("change.deadline-earlier");

    [Fact]
    public void refuses_a_new_deadline_for_what_is_not_out() =>
        Given<ChangeState>(Out).When(Correct(Corrected(Announcement, L3) with { Submission = new Submission(ClosesAt.AddDays(7)) }))
            .ThenRefused("change.lot-not-out");

    [Fact]
    public void refuses_a_new_deadline_where_no_lot_is_out() =>
        Given<ChangeState>(Registered()).When(Correct(Corrected(Registered().Notice.NoticeId) with { Submission = new Submission(ClosesAt) }))
            .ThenRefused("lot.missing");

    [Fact]
    public void refuses_after_the_end() =>
        Given<ChangeState>([.. Out, Terminated(TerminationKind.Terminated, L1, L2, L3)]).When(Correct(Corrected(Announcement)))
            .ThenRefused("procedure.ended");

    private static Func<ChangeState, Decision> Correct(AnnouncementCorrected fact, DateTimeOffset? now = null) =>
        state => Change.Correct(state, fact, now ?? AnnouncedAt);
}
