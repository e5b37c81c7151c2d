using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Evaluating;

/// <summary>中标候选人公示.</summary>
/// <param name="EvaluationReportReceivedAt">收到评标报告之时.</param>
/// <param name="ObjectionChannel">提出异议的渠道和方式.</param>
public sealed record CandidatesBody(
    IReadOnlyList<LotCandidates> Lots,
    Period Publicity,
    DateTimeOffset? EvaluationReportReceivedAt = null,
    string? ObjectionChannel = null) : NoticeBody;

public sealed class PublishCandidates(Desk desk) : Posting<CandidatesBody, EvaluationState>(desk)
{
    public override void Configure() => At(
        "candidates", "中标候选人公示",
        "Shows the ranked candidates of one or several lots; until the end of the publicity period objections may be raised.",
        new CandidatesBody(
            [
                new LotCandidates(LotId.Parse("001"),
                [
                    new Candidate(
                        1, Example.Supplier, Example.Yuan("18120535.85"), "合格", 360, new ProjectLeader("王工", "示例-0001"),
                        "综合得分92.35", "符合招标文件要求"),
                ]),
            ],
            new Period(Example.Time("2026-03-25T08:00:00"), Example.Time("2026-03-28T18:00:00")),
            Example.Time("2026-03-24T17:00:00"), "向招标人书面提出"));

    protected override Decision Decide(EvaluationState state, CandidatesBody body, Filing filing) => Evaluation.PublishCandidates(
        state,
        new CandidatesPublicised(
            filing.Notice<CandidatesPublicised>(state.Standing),
            [
                .. body.Lots.Select(lot => lot with
                {
                    Candidates = [.. lot.Candidates.Select(c => c with { Bidder = filing.Bidder(c.Bidder) })],
                    Rejected = lot.Rejected is { } rejected ? [.. rejected.Select(r => r with { Bidder = filing.Bidder(r.Bidder) })] : null,
                }),
            ],
            body.Publicity, body.EvaluationReportReceivedAt, body.ObjectionChannel),
        filing.At);
}

public sealed class CandidatesBodyValidator : PostingValidator<CandidatesBody>
{
    public CandidatesBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.Publicity).Ordered();
        body.RuleFor(b => b.ObjectionChannel).MaximumLength(Lengths.Prose);
        body.RuleFor(b => b.Lots).NotEmpty().AtMost(Lengths.Lots);
        body.RuleForEach(b => b.Lots).ChildRules(lot =>
        {
            lot.RuleFor(l => l.Candidates).NotEmpty().AtMost(Lengths.Bidders);
            lot.RuleForEach(l => l.Candidates).ChildRules(candidate =>
            {
                candidate.RuleFor(c => c.Rank).GreaterThanOrEqualTo(1);
                candidate.RuleFor(c => c.Bidder).SetValidator(new PartyValidator());
                candidate.RuleFor(c => c.Quality).MaximumLength(Lengths.Line);
                candidate.RuleFor(c => c.DurationDays).InclusiveBetween(1, 36500);
                candidate.RuleFor(c => c.ProjectLeader!).SetValidator(new ProjectLeaderValidator()).When(c => c.ProjectLeader is not null);
                candidate.RuleFor(c => c.Evaluation).MaximumLength(Lengths.Prose);
                candidate.RuleFor(c => c.QualificationResponse).MaximumLength(Lengths.Prose);
            });
            lot.RuleForEach(l => l.Rejected).ChildRules(rejected =>
            {
                rejected.RuleFor(r => r.Bidder).SetValidator(new PartyValidator());
                rejected.RuleFor(r => r.Reason).NotEmpty().MaximumLength(Lengths.Prose);
            });
        });
    });
}
