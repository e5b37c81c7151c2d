using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Announcing;
using Trading.Stages.Awarding;
using Trading.Stages.Contracting;
using Trading.Stages.Ending;
using Trading.Stages.Evaluating;
using Trading.Stages.Opening;
using Trading.Stages.Performing;
using Trading.Stages.Planning;
using Trading.Stages.Qualifying;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Harness.Samples;
using Decider = Trading.Stages.Ending.Ending;

namespace Trading.Tests.Stages;

/// <summary>Procedures of every category from registration to closure, each fact decided on those before it.</summary>
public sealed class WholeLivesTests
{
    private readonly List<object> facts = [];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void an_engineering_tender(bool statutory)
    {
        Register(Registered(statutory: statutory));
        Decide<PlanState>(state => Plan.Publish(state, Planned()));
        Announce(Announced(L1, L2, L3));
        Open(Opened(L1, L2));
        Show(Shown(L1, L2));
        Award(Decided(To(First, L1), To(First, L2), None(L3)));
        Announce(Announced() with { Notice = Announced().Another(50), Lots = [new AnnouncedLot(L3, 2)], Submission = new Submission(Later), Opening = new OpeningPlan(Later) });
        Decide<EndingState>(state => Decider.Terminate(state, Terminated(TerminationKind.Terminated, L3), Later));
        Sign(Contracted(L1, L2));
        Close();
    }

    [Fact]
    public void a_tender_with_prequalification()
    {
        Register(Registered());
        Decide<AnnouncementState>(state => Announcement.Prequalify(state, Prequalified(L1, L2, L3), AnnouncedAt));
        Decide<QualificationState>(state => Qualification.Decide(state, Qualified(L1, L2, L3)));
        Announce(Announced(L1, L2, L3));
        Open(Opened(L1, L2, L3));
        Show(Shown(L1, L2, L3));
        Award(Decided(To(First, L1), To(First, L2), To(First, L3)));
        Sign(Contracted(L1, L2, L3));
        Close();
    }

    [Fact]
    public void an_open_procurement_without_candidates()
    {
        Register(Registered(TradeCategory.Procurement));
        Decide<PlanState>(state => Plan.Publish(state, Intended()));
        Announce(Announced(L1, L2, L3));
        Open(Opened(L1, L2, L3));
        Award(Decided(To(First, L1), To(First, L2), To(First, L3)));
        Sign(Contracted(L1, L2, L3));
        Close();
    }

    [Fact]
    public void a_negotiated_procurement()
    {
        Register(Registered(TradeCategory.Procurement, ProcedureMethod.Negotiation));
        Announce(Invited(L1, L2, L3));
        Award(Decided(To(First, L1), To(First, L2), To(First, L3)));
        Sign(Contracted(L1, L2, L3));
        Close();
    }

    [Fact]
    public void a_procurement_from_a_sole_source()
    {
        Register(Registered(TradeCategory.Procurement, ProcedureMethod.SoleSource));
        Decide<AnnouncementState>(state => Announcement.ProposeSoleSource(state, Proposed(L1, L2, L3), AnnouncedAt));
        Award(Decided(To(First, L1), To(First, L2), To(First, L3)));
        Sign(Contracted(L1, L2, L3));
        Close();
    }

    [Theory]
    [InlineData(TradeCategory.Land, ProcedureMethod.Listing)]
    [InlineData(TradeCategory.Land, ProcedureMethod.Auction)]
    [InlineData(TradeCategory.Mineral, ProcedureMethod.Listing)]
    public void a_sale_of_land_or_mineral_rights(TradeCategory category, ProcedureMethod method) => Sell(category, method, Offered(L1, L2, L3));

    [Theory]
    [InlineData(TradeCategory.Property, ProcedureMethod.Listing)]
    [InlineData(TradeCategory.Property, ProcedureMethod.Auction)]
    [InlineData(TradeCategory.Other, ProcedureMethod.Listing)]
    public void a_sale_of_property_and_the_rest(TradeCategory category, ProcedureMethod method) => Sell(category, method, Listed(L1, L2, L3));

    [Fact]
    public void land_by_tender()
    {
        Register(Registered(TradeCategory.Land));
        Announce(Announced(L1, L2, L3) with { Parcel = Offered().Parcel });
        Open(Opened(L1, L2, L3));
        Show(Shown(L1, L2, L3));
        Award(Decided(To(First, L1), To(First, L2), To(First, L3)));
        Sign(Contracted(L1, L2, L3));
        Close();
    }

    private void Sell(TradeCategory category, ProcedureMethod method, AnnouncementPublished offer)
    {
        Register(Registered(category, method));
        Announce(offer);
        Decide<QualificationState>(state => Qualification.Decide(state, Qualified(L1, L2, L3)));
        Award(Decided(To(First, L1), To(First, L2), To(First, L3)));
        Sign(Contracted(L1, L2, L3));
        Close();
    }

    private void Register(ProcedureRegistered fact) => facts.AddRange(new Spec.Answer(Plan.Register(fact)).Facts);

    private void Announce(AnnouncementPublished fact) => Decide<AnnouncementState>(state => Announcement.Publish(state, fact, AnnouncedAt));

    private void Open(BidsOpened fact) => Decide<BidOpeningState>(state => BidOpening.Record(state, fact, Later));

    private void Show(CandidatesPublicised fact) => Decide<EvaluationState>(state => Evaluation.PublishCandidates(state, fact, ShownAt));

    private void Award(AwardAnnounced fact) => Decide<AwardState>(state => Trading.Stages.Awarding.Award.Announce(state, fact, Later));

    private void Sign(ContractPublished fact)
    {
        Decide<ContractState>(state => Contract.Publish(state, fact, Today));
        Decide<PerformanceState>(state => Performance.Report(state, Performed(), Today));
        Decide<PerformanceState>(state => Performance.Accept(state, Accepted(), Today));
    }

    private void Close()
    {
        Decide<EndingState>(state => Decider.Close(state, Closed()));
        Assert.True(Spec.Folded<Standing>(facts).Ended);
    }

    private void Decide<TState>(Func<TState, Decision> decide) where TState : class, IFolded<TState> =>
        facts.AddRange(Spec.Given<TState>(facts).When(decide).Facts);
}
