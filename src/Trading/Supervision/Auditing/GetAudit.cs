using System.Text.Json;
using System.Text.Json.Nodes;
using FastEndpoints;
using IEvent = JasperFx.Events.IEvent;
using Marten;
using Npgsql;
using Trading.Events;
using Trading.Http;
using Trading.Intake;
using Trading.Kernel;
using Trading.Law;
using Trading.Log;
using Trading.Projections;
using Trading.Read;
using Trading.Store;
using Trading.Vault;

namespace Trading.Supervision.Auditing;

public sealed class GetAudit(IQuerySession session, [FromKeyedServices(Pool.Reads)] NpgsqlDataSource database, Positions positions, [FromKeyedServices(Pool.Reads)] PersonalVault vault, Lawbook law) : EndpointWithoutRequest<Audit>
{
    public override void Configure()
    {
        Get("v1/supervision/procedures/{procedureId:guid}/audit");
        Roles(Role.Supervisor);
        Summary(s =>
        {
            s.Summary = "项目审计";
            s.Description = "Every event of a procedure, public or not: who recorded it, why, by which rules it was found lawful, what it states and what it "
                + "changed, and where its proof is. For the supervisors of its region.";
            s.ResponseExamples[StatusCodes.Status200OK] = Example();
        });
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var procedureId = Route<Guid>("procedureId");
        var batch = session.CreateBatchQuery();
        var asked = batch.Events.FetchStream(procedureId);
        var published = batch.Query<long[]>(Positions.OfProcedure, procedureId, positions.Published);
        await batch.Execute(ct);
        var events = (await asked).Readable();
        var heading = events is [{ Data: INoticed { Notice.Heading: var stated } }, ..] ? stated : null;
        if (Caller.Of(User).BarredFrom(heading?.Region) is { } bar)
        {
            await this.Decline(bar);
            return;
        }

        var told = Timeline.Of(events, (await published)[0], whole: true).ToDictionary(entry => entry.EventId);
        var recorded = await RecordedEvents.Contents(database, [.. events.Where(e => e.Data is Unreadable).Select(e => e.Id)], ct);
        var audit = new Audit(procedureId, [.. events.Where(e => told.ContainsKey(e.Id)).Select(e => Audited(e, told[e.Id], law, recorded))]);
        var answer = JsonSerializer.SerializeToNode(audit, WireJson.Stored)!;
        await vault.Open(answer, ct, keepErased: path => path.Split('/') is [_, _, _, "data", ..]);
        HttpContext.Response.Headers.CacheControl = "private, no-store";
        await this.Answer(answer, ct);
    }

    private static AuditedEvent Audited(IEvent e, TimelineEntry told, Lawbook law, IReadOnlyDictionary<Guid, JsonObject> recorded)
    {
        var kept = Attributed.Of(e);
        if (e.Data is not INoticed { Notice: var notice })
            return new AuditedEvent(
                e.Version, e.Id, told.Type, told.Kind, told.Kind, told.RecordedAt, new AuditedDisclosure(told.Disclosure), told.Citation, new AuditedCaller(kept.Subject, kept.Organisation, kept.Roles),
                new AuditedCause(kept.Correlation.Causation, kept.Correlation.Trace), kept.Packs, [], recorded[e.Id], [], new AuditLinks($"/v1/notices/{e.Id}", $"/v1/events/{e.Id}/receipt"),
                told.Position, Unreadable: true);
        return new AuditedEvent(
            e.Version, e.Id, told.Type, told.Kind, notice.Title, told.RecordedAt, AuditedDisclosure.Of(notice.Disclosure), told.Citation,
            new AuditedCaller(kept.Subject, kept.Organisation, kept.Roles),
            new AuditedCause(kept.Correlation.Causation, kept.Correlation.Trace), kept.Packs,
            [.. kept.Verdicts.Select(verdict => Audited(verdict, notice.Heading.Region, kept.Packs, law))],
            JsonSerializer.SerializeToNode(e.Data, e.Data.GetType(), WireJson.Stored)!.AsObject(), told.Changes ?? [],
            new AuditLinks($"/v1/notices/{e.Id}", $"/v1/events/{e.Id}/receipt"), told.Position);
    }

    private static AuditedVerdict Audited(Verdict verdict, RegionCode region, IReadOnlyList<string> packs, Lawbook law) => new(
        verdict.Rule, verdict.Outcome, verdict.Severity.ToString(), verdict.Citation,
        verdict.Explanation ?? law.WordingOf(verdict.Rule, verdict.Citation, region, packs),
        verdict.Facts.Count is 0 ? null : verdict.Facts.DistinctBy(f => f.Name).ToDictionary(f => f.Name, f => f.Value));

    private static Audit Example()
    {
        var (e, told) = (ExampleProcedure.Events[^1], Timeline.Of(ExampleProcedure.Events, ExampleProcedure.Positions, whole: true)[^1]);
        var rule = Lawbook.Embedded.Provisions.First(p => p.Id is "R-T-03");
        return new Audit(e.StreamId,
        [
            Audited(e, told, Lawbook.Embedded, new Dictionary<Guid, JsonObject>()) with
            {
                By = new AuditedCaller("publisher-7", "12420500MB0000019P", [Role.Publisher]),
                Cause = new AuditedCause("0HNQ3E5V1R7KD:00000002", "4bf92f3577b34da6a3ce929d0e0e4736"),
                Packs = [rule.Pack.ToString()],
                Verdicts = [new AuditedVerdict(rule.Id, VerdictOutcome.Compliant, "E", rule.Citation, rule.Explanation, new Dictionary<string, string> { ["lots"] = "001" })],
            },
        ]);
    }
}
