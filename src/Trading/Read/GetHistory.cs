using FastEndpoints;
using Marten;
using Trading.Http;
using Trading.Projections;

namespace Trading.Read;

/// <summary>The events of a procedure in their order, without gaps.</summary>
public sealed record History(Guid ProcedureId, IReadOnlyList<TimelineEntry> Items);

public sealed class GetHistory(IQuerySession session) : EndpointWithoutRequest<History>
{
    public override void Configure()
    {
        Get("v1/procedures/{procedureId:guid}/history");
        AllowAnonymous();
        Summary(s =>
        {
            s.Summary = "项目历史";
            s.Description = "Every event of a procedure, with what it changed and the article that asks for it. Of an event that is not public, that it happened.";
            s.ResponseExamples[StatusCodes.Status200OK] = ExampleProcedure.History;
        });
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var procedureId = Route<Guid>("procedureId");
        var events = await session.Events.FetchStreamAsync(procedureId, token: ct);
        if (events.Count is 0)
            await this.Decline(ProblemKind.NotFound);
        else
            await this.Answer(new History(procedureId, Timeline.Of(events)), ETag.OfVersion(events.Count), ct);
    }
}
