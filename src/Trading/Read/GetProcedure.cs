using FastEndpoints;
using Marten;
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
        Options(b => b.Kept());
        Summary(s =>
        {
            s.Summary = "项目";
            s.Description = "Where a procedure stands: stage, lots, parties, deadlines, and every public notice of its life.";
            s.ResponseExamples[StatusCodes.Status200OK] = ExampleProcedure.Page;
        });
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var procedureId = Route<Guid>("procedureId");
        var batch = session.CreateBatchQuery();
        var asked = batch.Load<ProcedurePage>(procedureId);
        var published = batch.Query<long[]>(Positions.OfProcedure, procedureId, positions.Published);
        await batch.Execute(ct);
        if (await asked is { } recorded)
        {
            var page = recorded.At((await published)[0]);
            HttpContext.DependsOn(Dependence.Procedure(procedureId));
            await this.Answer(page, ETag.OfVersion(page.Version, page.PositionsMissing), ct);
        }
        else
        {
            await this.Decline(ProblemKind.NotFound);
        }
    }
}
