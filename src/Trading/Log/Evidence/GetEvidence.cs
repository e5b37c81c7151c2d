using FastEndpoints;
using Npgsql;
using Trading.Http;
using Trading.Kernel;
using Trading.Store;
using Trading.Vault;

namespace Trading.Log.Evidence;

public sealed class GetEvidence([FromKeyedServices(Pool.Reads)] NpgsqlDataSource database, LogKeys keys, [FromKeyedServices(Pool.Reads)] PersonalVault vault) : EndpointWithoutRequest<byte[]>
{
    public override void Configure()
    {
        Get("v1/supervision/procedures/{procedureId:guid}/evidence");
        Roles(Role.Supervisor);
        Description(b => b.Produces<byte[]>(StatusCodes.Status200OK, EvidenceZip.MediaType));
        Summary(s =>
        {
            s.Summary = "项目存证包";
            s.Description = "A zip with every event of a procedure as it stands in the log, with what the log only commits to, the proof of each, "
                + "the signed checkpoint, our keys, and how to check it all without us. For the supervisors of its region.";
            s.Responses[StatusCodes.Status200OK] = "A zip file, its README.md telling what is in it.";
        });
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var procedureId = Route<Guid>("procedureId");
        if (await Region(procedureId, ct) is not { } region || !Caller.Of(User).Reaches(region))
        {
            await this.Decline(ProblemKind.NotFound);
            return;
        }

        var zip = await new EvidenceZip(database, keys, vault).Of(procedureId, ct);
        HttpContext.Response.Headers.CacheControl = "private, no-store";
        HttpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"evidence-{procedureId}.zip\"";
        await this.Answer(zip, EvidenceZip.MediaType, ct);
    }

    /// <summary>Of the procedure; null when there is none.</summary>
    private async Task<RegionCode?> Region(Guid procedureId, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select data #>> '{{notice,heading,region}}' from {StoreSetup.EventSchema}.mt_events where stream_id = $1 order by version limit 1");
        command.Parameters.Add(new NpgsqlParameter { Value = procedureId });
        return Written.TryParse<RegionCode>(await command.ExecuteScalarAsync(ct) as string);
    }
}
