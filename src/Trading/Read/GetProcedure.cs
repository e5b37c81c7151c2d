using FastEndpoints;
using Marten;
using Trading.Http;
using Trading.Projections;

namespace Trading.Read;

public sealed class GetProcedure(IQuerySession session) : EndpointWithoutRequest<ProcedurePage>
{
    public override void Configure()
    {
        Get("v1/procedures/{procedureId:guid}");
        AllowAnonymous();
        Summary(s =>
        {
            s.Summary = "项目";
            s.Description = "Where a procedure stands: stage, lots, parties, deadlines, and every public notice of its life.";
            s.ResponseExamples[StatusCodes.Status200OK] = ExampleProcedure.Page;
        });
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        if (await session.LoadAsync<ProcedurePage>(Route<Guid>("procedureId"), ct) is { } page)
            await this.Answer(page, ETag.OfVersion(page.Version), ct);
        else
            await this.Decline(ProblemKind.NotFound);
    }
}
