using FastEndpoints;
using Marten;
using Trading.Events;
using Trading.Http;
using Trading.Log;
using Trading.Projections;

namespace Trading.Read;

public sealed class GetProcedure(IQuerySession session, Positions positions) : EndpointWithoutRequest<ProcedurePage>
{
    public override void Configure()
    {
        Get("v1/procedures/{procedureId:guid}");
        AllowAnonymous();
        Options(b => b.Kept().WithMetadata(new AnswersFrom(Register.ProcedurePages), new Parameters([AsOf.Parameter])));
        Summary(s =>
        {
            s.Summary = "项目";
            s.Description = "Where a procedure stands, or stood: stage, lots, parties, deadlines, and every public notice of its life.";
            s.ResponseExamples[StatusCodes.Status200OK] = ExampleProcedure.Page;
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

        if (await (asOf.IsNow ? Now(procedureId, ct) : Past(procedureId, asOf, ct)) is { } page)
        {
            HttpContext.DependsOn(Dependence.Procedure(procedureId));
            await this.Answer(page, ETag.OfVersion(page.Version, page.PositionsMissing), ct);
        }
        else
        {
            await this.Decline(ProblemKind.NotFound);
        }
    }

    private async Task<ProcedurePage?> Now(Guid procedureId, CancellationToken ct)
    {
        var batch = session.CreateBatchQuery();
        var asked = batch.Load<ProcedurePage>(procedureId);
        var published = batch.Query<long[]>(Positions.OfProcedure, procedureId, positions.Published);
        await batch.Execute(ct);
        return (await asked)?.At((await published)[0]);
    }

    private async Task<ProcedurePage?> Past(Guid procedureId, AsOf asOf, CancellationToken ct)
    {
        await positions.Settled(asOf.Time, ct);
        var batch = session.CreateBatchQuery();
        var asked = batch.Events.FetchStream(procedureId);
        var published = batch.Query<long[]>(Positions.OfProcedure, procedureId, positions.Published);
        await batch.Execute(ct);
        var events = asOf.Of((await asked).Readable(), (await published)[0]);
        if (events.Count is 0) return null;
        asOf.Tell(events[^1]);
        return ProcedureFold.Pages(events).SingleOrDefault()?.At((await published)[0]);
    }
}
