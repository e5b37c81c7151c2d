using System.Text.Json;
using FastEndpoints;
using Marten;
using Trading.Http;
using Trading.Kernel;
using Trading.Log;
using Trading.Projections;
using Trading.Vault;

namespace Trading.Read;

public sealed class GetNotice(IQuerySession session, Positions positions, PersonalVault vault) : EndpointWithoutRequest<NoticePage>
{
    public override void Configure()
    {
        Get("v1/notices/{noticeId:guid}");
        AllowAnonymous();
        Options(b => b.WithMetadata(new ShowsMoreToSome(), new Parameters([AsOf.Parameter])).Kept());
        Summary(s =>
        {
            s.Summary = "公告";
            s.Description = "One notice: what it states, its original wording, and the whole chain it belongs to. "
                + "One that is not public is shown to its own centre and to its supervisors only.";
            s.ResponseExamples[StatusCodes.Status200OK] = ExampleProcedure.Announcement;
        });
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var noticeId = Route<Guid>("noticeId");
        var asOf = new AsOf(HttpContext, positions.Published);
        if (asOf.Errors() is { Count: > 0 } errors)
        {
            await this.Decline(Problem.Of(HttpContext, ProblemKind.Validation) with { Errors = errors });
            return;
        }

        if (await (asOf.IsNow ? Now(noticeId, ct) : Past(noticeId, asOf, ct)) is not var (notice, procedure)
            || !(notice.IsPublic || Caller.Of(User).SeesAll(procedure.Centre.Code, procedure.RegionCode)))
        {
            await this.Decline(ProblemKind.NotFound);
            return;
        }

        HttpContext.DependsOn(Dependence.Procedure(procedure.Id));
        if (!notice.IsPublic) HttpContext.Response.Headers.CacheControl = "private, no-store";
        var answer = JsonSerializer.SerializeToNode(notice, WireJson.Stored)!;
        await vault.Open(answer, ct);
        await this.Answer(answer, ct);
    }

    private async Task<(NoticePage, ProcedurePage)?> Now(Guid noticeId, CancellationToken ct)
    {
        var batch = session.CreateBatchQuery();
        var asked = batch.Events.Load(noticeId);
        var procedures = batch.Query<ProcedurePage>($"where d.id = {Positions.ProcedureOfEvent}", noticeId);
        var published = batch.Query<long[]>(Positions.OfProcedureOfEvent, noticeId, positions.Published);
        await batch.Execute(ct);
        return await asked is { } e && await procedures is [var procedure] && NoticePage.Of(e, procedure, (await published)[0]) is { } notice ? (notice, procedure) : null;
    }

    private async Task<(NoticePage, ProcedurePage)?> Past(Guid noticeId, AsOf asOf, CancellationToken ct)
    {
        if (await session.Events.LoadAsync(noticeId, ct) is not { } e) return null;
        var batch = session.CreateBatchQuery();
        var asked = batch.Events.FetchStream(e.StreamId);
        var published = batch.Query<long[]>(Positions.OfProcedure, e.StreamId, positions.Published);
        await batch.Execute(ct);
        var events = asOf.Of(await asked, (await published)[0]);
        if (events.Count < e.Version || ProcedureFold.Pages(events).SingleOrDefault() is not { } procedure) return null;
        asOf.Tell(events[^1]);
        return NoticePage.Of(e, procedure, (await published)[0]) is { } notice ? (notice, procedure) : null;
    }
}
