using FastEndpoints;
using Marten;
using Trading.Events;
using Trading.Http;
using Trading.Log;
using Trading.Projections;

namespace Trading.Read;

/// <summary>The events of a procedure in their order, without gaps.</summary>
public sealed record History(Guid ProcedureId, IReadOnlyList<TimelineEntry> Items);

public sealed class GetHistory(IQuerySession session, Positions positions) : EndpointWithoutRequest<History>
{
    public override void Configure()
    {
        Get("v1/procedures/{procedureId:guid}/history");
        AllowAnonymous();
        Options(b => b.Kept().WithMetadata(new Parameters([AsOf.Parameter])));
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
        var asOf = new AsOf(HttpContext, positions);
        if (asOf.Errors() is { Count: > 0 } errors)
        {
            await this.Decline(Problem.Of(HttpContext, ProblemKind.Validation) with { Errors = errors });
            return;
        }

        await positions.Settled(asOf.Time, ct);
        var batch = session.CreateBatchQuery();
        var asked = batch.Events.FetchStream(procedureId);
        var published = batch.Query<long[]>(Positions.OfProcedure, procedureId, positions.Published);
        await batch.Execute(ct);
        var events = asOf.Of((await asked).Readable(), (await published)[0]);
        if (events is not [{ Data: INoticed or Unreadable }, ..])   // an alert has no history here
        {
            await this.Decline(ProblemKind.NotFound);
            return;
        }

        asOf.Tell(events[^1]);
        HttpContext.DependsOn(Dependence.Procedure(procedureId));
        var items = Timeline.Of(events, (await published)[0]);
        await this.Answer(new History(procedureId, items), ETag.OfVersion(events.Count, items.Count(item => item.Position is null)), ct);
    }
}
