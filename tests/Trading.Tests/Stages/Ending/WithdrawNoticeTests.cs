using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Ending;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;
using Decider = Trading.Stages.Ending.Ending;

namespace Trading.Tests.Stages.Ending;

public sealed class WithdrawNoticeTests
{
    private static readonly object[] Out = [Registered(), Announced(L1, L2)];

    public static TheoryData<string> Withdrawable => [.. Lives.Keys];

    private static readonly Dictionary<string, (INoticed Notice, object[] Facts)> Lives = new()
    {
        ["plan"] = (Planned(), [Registered(), Planned()]),
        ["intention"] = (Intended(), [Registered(TradeCategory.Procurement), Intended()]),
        ["prequalification"] = (Prequalified(), [Registered(), Prequalified(L1)]),
        ["announcement"] = (Announced(), Out),
        ["sole source"] = (Proposed(), [Registered(TradeCategory.Procurement, ProcedureMethod.SoleSource), Proposed(L1)]),
        ["clarification"] = (Clarified(), [.. Out, Clarified(L1)]),
        ["qualification"] = (Qualified(), [.. Out, Qualified(L1)]),
        ["candidates"] = (Shown(), [.. Out, Opened(L1), Shown(L1)]),
        ["performance"] = (Performed(), [.. Out, Opened(L1), Shown(L1), Decided(To(First, L1)), Contracted(L1), Performed()]),
    };

    [Theory, MemberData(nameof(Withdrawable))]
    public void withdraws_a_notice(string life)
    {
        var (notice, facts) = Lives[life];
        var withdrawal = Withdrawn(notice);

        Given<EndingState>(facts).When(Withdraw(withdrawal)).Then(withdrawal).ThenWarned().Keeping("ending.notice-stands");
        Given<EndingState>([.. facts, withdrawal]).When(Withdraw(withdrawal)).ThenRefused("ending.already-withdrawn");
    }

    public static TheoryData<string> Standing => [.. Stands.Keys];

    private static readonly Dictionary<string, INoticed> Stands = new()
    {
        ["registration"] = Registered(),
        ["correction"] = Corrected(Announced().Notice.NoticeId),
        ["extension"] = Extended("2026-03-30T09:00:00", L1),
        ["suspension"] = Suspended(),
        ["resumption"] = Resumed(),
        ["opening"] = Opened(L1),
        ["award"] = Decided(None(L1)),
        ["objection"] = Objected(),
        ["answer"] = Answered(),
    };

    [Theory, MemberData(nameof(Standing))]
    public void refuses_what_only_another_notice_can_undo(string kind) =>
        Given<EndingState>([.. Out, Stands[kind]]).When(Withdraw(Withdrawn(Stands[kind]))).ThenRefused("ending.notice-stands");

    [Fact]
    public void refuses_an_unknown_notice() =>
        Given<EndingState>(Out).When(Withdraw(Withdrawn(Proposed()))).ThenRefused("ending.notice-unknown");

    [Fact]
    public void refuses_an_announcement_once_bids_are_open() =>
        Given<EndingState>([.. Out, Opened(L1)]).When(Withdraw(Withdrawn(Announced()))).ThenRefused("ending.overtaken");

    [Fact]
    public void refuses_a_prequalification_once_the_announcement_followed() =>
        Given<EndingState>(Registered(), Prequalified(L1), Announced(L1)).When(Withdraw(Withdrawn(Prequalified()))).ThenRefused("ending.overtaken");

    [Fact]
    public void refuses_the_announcement_of_a_former_round() =>
        Given<EndingState>([.. Out, Terminated(TerminationKind.Failed, L1, L2), Announced(L1) with { Notice = Announced().Another(50) }])
            .When(Withdraw(Withdrawn(Announced()))).ThenRefused("ending.overtaken");

    [Fact]
    public void withdraws_the_announcement_of_the_second_round() =>
        Given<EndingState>([.. Out, Terminated(TerminationKind.Failed, L1), Announced(L1) with { Notice = Announced().Another(50) }])
            .When(Withdraw(new NoticeWithdrawn(Notice(23), Id(50), "公告内容有误"))).ThenWarned();

    [Fact]
    public void candidates_can_be_withdrawn_after_the_award_was_cancelled_and_not_before()
    {
        object[] awarded = [.. Out, Opened(L1), Shown(L1), Decided(To(First, L1))];

        Given<EndingState>(awarded).When(Withdraw(Withdrawn(Shown()))).ThenRefused("ending.overtaken");
        Given<EndingState>([.. awarded, Cancelled(L1)]).When(Withdraw(Withdrawn(Shown()))).Then(Withdrawn(Shown()));
    }

    [Fact]
    public void a_deadline_may_come_back_only_while_it_lies_ahead()
    {
        object[] facts = [.. Out, Clarified(L1) with { Submission = new Submission(ClosesAt.AddDays(7)) }];

        Given<EndingState>(facts).When(Withdraw(Withdrawn(Clarified()), ClosesAt.AddSeconds(-1))).Then(Withdrawn(Clarified()));
        Given<EndingState>(facts).When(Withdraw(Withdrawn(Clarified()), ClosesAt)).ThenRefused("ending.deadline-past");
    }

    [Fact]
    public void withdraws_while_suspended() =>
        Given<EndingState>([.. Out, Suspended()]).When(Withdraw(Withdrawn(Announced()))).Then(Withdrawn(Announced()));

    [Fact]
    public void refuses_after_the_end() =>
        Given<EndingState>([.. Out, Closed()]).When(Withdraw(Withdrawn(Announced()))).ThenRefused("procedure.ended");

    private static Func<EndingState, Decision> Withdraw(NoticeWithdrawn fact, DateTimeOffset? now = null) =>
        state => Decider.Withdraw(state, fact, now ?? AnnouncedAt);
}
