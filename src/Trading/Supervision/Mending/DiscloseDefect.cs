using FluentValidation;
using Marten;
using Trading.Events;
using Trading.Http;
using Trading.Intake;

namespace Trading.Supervision.Mending;

/// <summary>数据缺陷说明.</summary>
/// <param name="Explanation">In words for the public: what is wrong with the event, and what it was meant to say.</param>
public sealed record DefectBody(string Explanation) : NoticeBody;

public sealed class DiscloseDefect(Desk desk, IQuerySession session, Surfaces surfaces) : PostingEndpoint<DefectBody>
{
    public override void Configure() => Describe(
        "v1/procedures/{procedureId:guid}/notices/{noticeId:guid}/defect", "数据缺陷说明",
        "Says publicly what is wrong with an event that cannot be shown as it was recorded. The event stays in history, feed and log untouched; the "
        + "alarm about it ends, and the procedure can be continued without it. For operators, at any stage, and only where something cannot be shown.",
        new DefectBody("合同签订日期录入为0001-01-01，应为2026-04-10，以本说明为准。"), Role.Operator);

    public override async Task HandleAsync(Post<DefectBody> req, CancellationToken ct)
    {
        if (await ReadIncoming(req) is not { } incoming) return;
        var (procedureId, noticeId) = (Route<Guid>("procedureId"), Route<Guid>("noticeId"));
        var events = (await session.Events.FetchStreamAsync(procedureId, token: ct)).Readable();
        surfaces.All(events);
        var found = new FoundEvent(events.Any(e => e.Id == noticeId), Kernel.Defects.IsKnown(noticeId));
        await Answer(await desk.Receive<DefectState>(
            procedureId, incoming,
            (state, filing) => DefectDecision.Disclose(
                state, new DefectDisclosed(filing.Notice<DefectDisclosed>(state.Heading), noticeId, req.Body.Explanation), found),
            ct, (caller, _) => caller.Is(Role.Operator), despiteDefects: true));
    }
}

public sealed class DefectBodyValidator : PostingValidator<DefectBody>
{
    public DefectBodyValidator() => Body(body => body.RuleFor(b => b.Explanation).NotEmpty().MaximumLength(Lengths.Prose));
}
