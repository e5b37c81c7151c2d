using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Opening;

/// <summary>开标记录.</summary>
public sealed record OpeningBody(DateTimeOffset OpenedAt, IReadOnlyList<OpenedBid> Bids, string? Place = null) : NoticeBody;

public sealed class RecordOpening(Desk desk) : Posting<OpeningBody, BidOpeningState>(desk)
{
    public override void Configure() => At(
        "opening", "开标记录",
        "Publishes the bids as they were read out.",
        new OpeningBody(
            Example.Time("2026-03-23T09:00:00"),
            [new OpenedBid(LotId.Parse("001"), Example.Supplier, Example.Yuan("18120535.85"), 360, "合格", new ProjectLeader("王工", "示例-0001"))],
            "示例市公共资源交易中心第一开标室"));

    protected override Decision Decide(BidOpeningState state, OpeningBody body, Filing filing) => BidOpening.Record(
        state,
        new BidsOpened(
            filing.Notice<BidsOpened>(state.Standing), body.OpenedAt,
            [.. body.Bids.Select(bid => bid with { Bidder = filing.Bidder(bid.Bidder) })], body.Place),
        filing.At);
}

public sealed class OpeningBodyValidator : PostingValidator<OpeningBody>
{
    public OpeningBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.Place).MaximumLength(Lengths.Line);
        body.RuleFor(b => b.Bids).NotEmpty().AtMost(Lengths.Bidders);
        body.RuleForEach(b => b.Bids).ChildRules(bid =>
        {
            bid.RuleFor(b => b.Bidder).SetValidator(new PartyValidator());
            bid.RuleFor(b => b.DurationDays).InclusiveBetween(1, 36500);
            bid.RuleFor(b => b.Quality).MaximumLength(Lengths.Line);
            bid.RuleFor(b => b.ProjectLeader!).SetValidator(new ProjectLeaderValidator()).When(b => b.ProjectLeader is not null);
        });
    });
}
