using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Log;

namespace Trading.Supervision.Disclosing;

/// <summary>公开.</summary>
public sealed record DisclosingBody(string Reason) : NoticeBody;

public sealed class DiscloseNotice(Desk desk, EventOpenings openings) : PostingEndpoint<DisclosingBody>
{
    public override void Configure() => Describe(
        "v1/procedures/{procedureId:guid}/notices/{noticeId:guid}/disclosure", "公告公开",
        "Makes a notice public that was withheld or shown on request only, with what proves that it is the one that was committed to when it was recorded.",
        new DisclosingBody("保密期限届满"));

    public override async Task HandleAsync(Post<DisclosingBody> req, CancellationToken ct)
    {
        if (await ReadIncoming(req) is not { } incoming) return;
        var (procedureId, noticeId) = (Route<Guid>("procedureId"), Route<Guid>("noticeId"));
        var opening = await openings.OfContent(procedureId, noticeId, ct);
        await Answer(await desk.Receive<DisclosingState>(
            procedureId, incoming,
            (state, filing) => Disclosing.Disclose(
                state, new NoticeDisclosed(filing.Notice<NoticeDisclosed>(state.Standing), noticeId, req.Body.Reason, opening ?? "")),
            ct));
    }
}

public sealed class DisclosingBodyValidator : PostingValidator<DisclosingBody>
{
    public DisclosingBodyValidator() => Body(body => body.RuleFor(b => b.Reason).NotEmpty().MaximumLength(Lengths.Prose));
}
