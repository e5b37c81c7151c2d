using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Ending;

/// <summary>终止公告、流标公告.</summary>
/// <param name="Kind">终止, 流标 (the lots may be announced again), 撤回.</param>
/// <param name="Lots">All that have no result when left out.</param>
/// <param name="Refund">文件费用、投标保证金的退还.</param>
public sealed record TerminationBody(
    TerminationKind Kind, string Reason, DateTimeOffset DecidedAt, IReadOnlyList<LotId>? Lots = null, string? Refund = null) : NoticeBody;

public sealed class TerminateProcedure(Desk desk) : Posting<TerminationBody, EndingState>(desk)
{
    public override void Configure() => At(
        "termination", "终止公告、流标公告",
        "Ends lots that have no result. Lots that failed may be announced again; with all others ended, the procedure has ended.",
        new TerminationBody(TerminationKind.Failed, "投标人少于三个", Example.Time("2026-03-23T09:30:00"), [LotId.Parse("001")]));

    protected override Decision Decide(EndingState state, TerminationBody body, Filing filing) => Ending.Terminate(
        state,
        new ProcedureTerminated(
            filing.Notice<ProcedureTerminated>(state.Standing), body.Kind, state.Endable(body.Lots, body.Kind), body.Reason, body.DecidedAt,
            body.Refund),
        filing.At);
}

public sealed class TerminationBodyValidator : PostingValidator<TerminationBody>
{
    public TerminationBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.Lots).Lots();
        body.RuleFor(b => b.Reason).NotEmpty().MaximumLength(Lengths.Prose);
        body.RuleFor(b => b.Refund).MaximumLength(Lengths.Prose);
    });
}
