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
        Options(b => b.WithMetadata(new ShowsMoreToSome()).Kept());
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
        var batch = session.CreateBatchQuery();
        var asked = batch.Events.Load(noticeId);
        var procedures = batch.Query<ProcedurePage>($"where d.id = {Positions.ProcedureOfEvent}", noticeId);
        var published = batch.Query<long[]>(Positions.OfProcedureOfEvent, noticeId, positions.Published);
        await batch.Execute(ct);
        if (await asked is not { } e
            || await procedures is not [var procedure]
            || NoticePage.Of(e, procedure, (await published)[0]) is not { } notice
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
}
