using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using Trading.Projections;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Projections;

public sealed class ProcedureFoldTests
{
    private static readonly INoticed[] Course =
    [
        Registered(), Announced(L1, L2, L3), Qualified(L1), Opened(L1, L2), Shown(L1, L2), Decided(To(First, L1), None(L2)), Contracted(L1),
        Performed(), Accepted(), Closed(),
    ];

    [Fact]
    public void a_registration_makes_a_page_without_contacts()
    {
        var page = Page(Registered());

        Assert.Equal((ProcedureStage.Planning, ProcedureStatus.Active, 1, 0), (page.Stage, page.Status, page.Version, page.OpenObjections));
        Assert.Equal(new PublicParty(Initiator.Name, Initiator.CreditCode, Initiator.Address), page.Initiator);
        Assert.DoesNotContain(Initiator.Contact!.Phone!, Stored.Json(page), StringComparison.Ordinal);
        Assert.Equal(["001 Planned 0", "002 Planned 0", "003 Planned 0"], page.Lots.Select(Told));
        Assert.Equal(RegisteredAt.AddHours(1), page.ChangedAt);
    }

    [Theory]
    [InlineData(1, ProcedureStage.Planning, "001 Planned 0", "002 Planned 0")]
    [InlineData(2, ProcedureStage.Announcing, "001 Announced 1", "002 Announced 1")]
    [InlineData(3, ProcedureStage.Qualifying, "001 Qualified 1", "002 Announced 1")]
    [InlineData(4, ProcedureStage.Opening, "001 Opened 1", "002 Opened 1")]
    [InlineData(5, ProcedureStage.Evaluating, "001 Evaluated 1", "002 Evaluated 1")]
    [InlineData(6, ProcedureStage.Awarding, "001 Awarded 1", "002 Failed 1")]
    [InlineData(7, ProcedureStage.Contracting, "001 Contracted 1", "002 Failed 1")]
    [InlineData(8, ProcedureStage.Performing, "001 Performing 1", "002 Failed 1")]
    [InlineData(9, ProcedureStage.Performing, "001 Accepted 1", "002 Failed 1")]
    [InlineData(10, ProcedureStage.Ended, "001 Accepted 1", "002 Failed 1")]
    public void each_fact_takes_its_lots_further_and_the_furthest_lot_the_procedure(int facts, ProcedureStage stage, params string[] lots)
    {
        var page = Page(Course.Take(facts));

        Assert.Equal((stage, facts), (page.Stage, page.Version));
        Assert.Equal(lots, page.Lots.Take(2).Select(Told));
        Assert.Equal(facts is 10 ? ProcedureStatus.Complete : ProcedureStatus.Active, page.Status);
    }

    [Fact]
    public void results_and_contracts_are_shown_lot_by_lot()
    {
        var page = Page(Course.Take(7));

        Assert.Equal([AwardOutcome.Awarded, AwardOutcome.Failed, null], page.Lots.Select(lot => lot.Award?.Outcome));
        Assert.Equal((First.Name, "投标人少于三个"), (page.Lots[0].Award!.Supplier!.Name, page.Lots[1].Award!.Reason));
        Assert.Equal([3, 3, 0], page.Lots.Select(lot => lot.Candidates.Count));
        Assert.Equal([1, 0, 0], page.Lots.Select(lot => lot.Contracts.Count));
    }

    [Fact]
    public void a_contract_tells_of_its_amendments_and_its_end()
    {
        INoticed[] signed = [.. Course.Take(7)];

        Assert.Equal((0, ContractStatus.Active), Contract(signed));
        Assert.Equal((1, ContractStatus.Active), Contract([.. signed, Amended()]));
        Assert.Equal((1, ContractStatus.Terminated), Contract([.. signed, Amended(), TerminatedContract()]));
        Assert.Equal((0, ContractStatus.Accepted), Contract([.. signed, Accepted()]));
        Assert.Equal((0, ContractStatus.Active), Contract([.. signed, Accepted(AcceptanceResult.Rejected)]));

        static (int, ContractStatus) Contract(IEnumerable<INoticed> facts) =>
            Page(facts).Lots[0].Contracts.Select(c => (c.Amendments, c.Status)).Single();
    }

    [Fact]
    public void a_new_round_begins_without_what_the_last_one_brought()
    {
        var page = Page([.. Course.Take(6), Again(L2)]);

        Assert.Equal(["001 Awarded 1", "002 Announced 2"], page.Lots.Take(2).Select(Told));
        Assert.Null(page.Lots[1].Award);
        Assert.Empty(page.Lots[1].Candidates);
    }

    [Fact]
    public void a_cancelled_award_brings_the_candidates_back()
    {
        var lot = Page([.. Course.Take(6), Cancelled(L1)]).Lots[0];

        Assert.Equal(("001 Evaluated 1", 3), (Told(lot), lot.Candidates.Count));
        Assert.Null(lot.Award);
    }

    [Fact]
    public void what_followed_a_withdrawn_announcement_goes_with_it()
    {
        var page = Page(Registered(), Announced(L1, L2), Extended("2026-03-30T09:00:00", L1), Qualified(L1), Withdrawn(Announced()));

        Assert.Equal(["001 Planned 0", "002 Planned 0"], page.Lots.Take(2).Select(Told));
        Assert.Equal((ProcedureStage.Planning, new DeadlineView()), (page.Stage, page.Deadlines));
    }

    [Fact]
    public void a_withdrawn_second_round_leaves_the_first()
    {
        var page = Page([.. Course.Take(6), Again(L2), Withdrawn(Again(L2))]);

        Assert.Equal("002 Failed 1", Told(page.Lots[1]));
    }

    [Fact]
    public void withdrawn_candidates_are_no_longer_shown()
    {
        var page = Page([.. Course.Take(5), Withdrawn(Shown())]);

        Assert.Equal(("001 Opened 1", 0), (Told(page.Lots[0]), page.Lots[0].Candidates.Count));
        Assert.Null(page.Deadlines.PublicityUntil);
    }

    [Fact]
    public void a_withdrawn_step_that_others_followed_takes_none_of_them_along()
    {
        Assert.Equal("001 Opened 1", Told(Page([.. Course.Take(4), Withdrawn(Qualified())]).Lots[0]));
        Assert.Equal("001 Accepted 1", Told(Page([.. Course.Take(9), Withdrawn(Performed())]).Lots[0]));
        Assert.Equal("001 Contracted 1", Told(Page([.. Course.Take(8), Withdrawn(Performed())]).Lots[0]));
    }

    [Theory]
    [InlineData(TerminationKind.Failed, TerminationKind.Withdrawn, ProcedureStatus.Failed)]
    [InlineData(TerminationKind.Withdrawn, TerminationKind.Withdrawn, ProcedureStatus.Withdrawn)]
    [InlineData(TerminationKind.Terminated, TerminationKind.Withdrawn, ProcedureStatus.Terminated)]
    public void when_no_lot_goes_on_the_procedure_has_ended_as_they_have(TerminationKind one, TerminationKind others, ProcedureStatus status)
    {
        INoticed[] first = [Registered(), Announced(L1, L2, L3), Terminated(one, L1)];
        Assert.Equal((ProcedureStage.Announcing, ProcedureStatus.Active), (Page(first).Stage, Page(first).Status));

        var page = Page([.. first, Terminated(others, L2, L3)]);
        Assert.Equal((ProcedureStage.Ended, status), (page.Stage, page.Status));
    }

    [Fact]
    public void is_suspended_until_it_is_resumed()
    {
        Assert.Equal(ProcedureStatus.Suspended, Page(Registered(), Suspended(), Clarified(L1)).Status);
        Assert.Equal(ProcedureStatus.Active, Page(Registered(), Suspended(), Resumed()).Status);
    }

    [Fact]
    public void counts_the_objections_that_wait()
    {
        Assert.Equal(1, Page(Registered(), Objected()).OpenObjections);
        Assert.Equal(0, Page(Registered(), Objected(), Answered()).OpenObjections);
    }

    [Fact]
    public void every_public_notice_stands_in_the_chain_with_what_became_of_it()
    {
        var page = Page(Registered(), Announced(L1), Corrected(Id(5), L1), Shown(L1), Withdrawn(Shown()), Planned() with { Notice = Lives.Hidden(Planned()) });

        Assert.Equal(["项目登记", "招标公告", "更正公告", "中标候选人公示", "公告撤销"], page.Notices.Select(line => line.Kind));
        Assert.Equal([1, 2, 3, 4, 5], page.Notices.Select(line => line.Version));
        Assert.Equal([true, true, true, false, true], page.Notices.Select(line => line.Current));
        Assert.Equal([Id(8)], page.Notices[1].CorrectedBy);
        Assert.Equal(Id(23), page.Notices[3].WithdrawnBy);
        Assert.Equal(6, page.Version);
    }

    [Fact]
    public void of_what_is_not_public_the_page_shows_that_it_happened_and_nothing_of_what()
    {
        INoticed[] facts =
        [
            Registered(), Hide(Announced(L1, L2)), Opened(L1), Shown(L1) with { Notice = Lives.Hidden(Shown()) },
            Contracted(L1) with { Notice = Lives.Hidden(Contracted()) }, Performed(),
        ];
        var page = Page(facts);

        Assert.Equal((ProcedureStage.Performing, 6), (page.Stage, page.Version));
        Assert.Equal("001 Performing 1", Told(page.Lots[0]));
        Assert.Equal(new DeadlineView(), page.Lots[1].Deadlines);
        Assert.Empty(page.Lots[0].Candidates);
        Assert.Empty(page.Lots[0].Contracts);
        Assert.Equal(["procedure-registered", "bids-opened", "performance-reported"], page.Notices.Select(line => line.Type));
        foreach (var secret in new[] { "示例-2026-001", Second.Name, "2026-03-23" }) Assert.DoesNotContain(secret, Stored.Json(page), StringComparison.Ordinal);
    }

    [Fact]
    public void a_legacy_notice_makes_a_page_of_its_own()
    {
        var page = Page(Lives.Legacy(1));

        Assert.True(page.Legacy);
        Assert.Equal((ProcedureStage.Evaluating, new DateTimeOffset(2024, 5, 6, 0, 0, 0, LegalTime.Offset)), (page.Stage, page.RegisteredAt));
        Assert.Equal(("旧项目", 2, page.RegisteredAt), (page.Lots.Single().Title, page.Lots.Single().Candidates.Count, page.Notices.Single().PublishedAt));
        Assert.Null(page.Initiator);
    }

    [Fact]
    public void a_stream_that_begins_in_the_middle_is_an_error_and_a_stranger_changes_nothing()
    {
        Assert.Throws<InvalidOperationException>(() => Page(Opened(L1)));
        Assert.Null(ProcedureFold.Apply(null, Recording.Procedure, Recording.Event("", 1)));
        var page = Page(Registered());
        Assert.Same(page, ProcedureFold.Apply(page, Recording.Procedure, Recording.Event("", 2)));
    }

    [Fact]
    public void the_time_of_change_is_what_the_store_will_keep()
    {
        var e = Recording.Event(Registered(), 1);
        e.Timestamp = RegisteredAt.AddTicks(19);

        Assert.Equal(RegisteredAt.AddTicks(10), ProcedureFold.Apply(null, Recording.Procedure, e)!.ChangedAt);
    }

    public static TheoryData<string> LivesOfOurs => [.. Lives.All.Select(life => life.Name).Except(["legacy", "not public"])];

    /// <summary>What the public reads and what the deciders go by are folded apart; they must not part.</summary>
    [Theory, MemberData(nameof(LivesOfOurs))]
    public void after_every_fact_the_page_says_what_the_docket_knows(string name)
    {
        var facts = Lives.All.Single(life => life.Name == name).Facts;
        for (var known = 1; known <= facts.Count; known++)
        {
            var (page, standing) = (Page(facts.Take(known)), Spec.Folded<Standing>(facts.Take(known)));
            var deadlines = facts.Take(known).Aggregate(Deadlines.None, Deadlines.Fold);
            Assert.Equal(standing.Suspended, page.Status is ProcedureStatus.Suspended);
            Assert.Equal(standing.OpenObjections.Count, page.OpenObjections);
            foreach (var lot in page.Lots)
            {
                var (knows, at) = (standing.Lot(lot.LotId)!, $"{name}, {facts[known - 1].GetType().Name}, lot {lot.LotId}: {lot.Status}");
                Assert.True(knows.Round == lot.Round, $"{at}: round {lot.Round}, not {knows.Round}");
                Assert.True(Says(lot.Status, knows.Progress), $"{at}, not {knows.Progress}");
                Assert.True(deadlines.Of(lot.LotId) == new Deadline(lot.Deadlines.Submission, lot.Deadlines.Opening), $"{at}: {lot.Deadlines}");
            }
        }
    }

    private static bool Says(LotStatus status, LotProgress progress) => progress switch
    {
        LotProgress.Registered => status is LotStatus.Planned,
        LotProgress.Prequalifying => status is LotStatus.Prequalifying or LotStatus.Qualified,
        LotProgress.Publicised => status is LotStatus.Announced,
        LotProgress.Announced => status is LotStatus.Announced or LotStatus.Qualified,
        LotProgress.Contracted => status is LotStatus.Contracted or LotStatus.Performing or LotStatus.Accepted,
        LotProgress.Terminated => status is LotStatus.Terminated or LotStatus.Withdrawn,
        _ => status.ToString() == progress.ToString(),
    };

    private static ProcedurePage Page(params IEnumerable<INoticed> facts) => ProcedureFold.Pages(Recording.Of(facts)).Single();

    private static string Told(LotView lot) => $"{lot.LotId} {lot.Status} {lot.Round}";

    private static AnnouncementPublished Hide(AnnouncementPublished fact) => fact with { Notice = Lives.Hidden(fact) };

    private static AnnouncementPublished Again(LotId lot) => Announced() with { Notice = Announced().Another(50), Lots = [new AnnouncedLot(lot, 2)] };
}
