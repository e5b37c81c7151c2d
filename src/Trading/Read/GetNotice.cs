using System.Text.Json;
using System.Text.Json.Nodes;
using FastEndpoints;
using Marten;
using Npgsql;
using Trading.Events;
using Trading.Http;
using Trading.Kernel;
using Trading.Log;
using Trading.Projections;
using Trading.Store;
using Trading.Vault;

namespace Trading.Read;

public sealed class GetNotice([FromKeyedServices(Pool.Reads)] NpgsqlDataSource database, [FromKeyedServices(Pool.Reads)] IDocumentStore store, Positions positions, [FromKeyedServices(Pool.Reads)] PersonalVault vault) : EndpointWithoutRequest<NoticePage>
{
    /// <summary>The event, the notices of its procedure, the positions of the procedure's events and what opens the digests in the event.</summary>
    private const string Question =
        $$"""
        select e.type, e.data, e.stream_id, e.version, p.data -> 'notices',
               array(select position from {{LogSchema.Name}}.leaf where stream = e.stream_id and position < $2 order by version),
               o.digests, o.keys, o.ciphertexts
        from {{StoreSetup.EventSchema}}.mt_events e
        join {{StoreSetup.ViewSchema}}.mt_doc_procedurepage p on p.id = e.stream_id
        cross join lateral (
            select array_agg(digest) as digests, array_agg(key) as keys, array_agg(ciphertext) as ciphertexts from {{VaultSchema.Name}}.opening
            where digest = any(array(select jsonb_path_query(e.data, '$.**.{{Sealable.Member}}[*]') #>> '{}'))) o
        where e.id = $1
        """;

    public override void Configure()
    {
        Get("v1/notices/{noticeId:guid}");
        AllowAnonymous();
        Options(b => b.WithMetadata(new ShowsMoreToSome(), new AnswersFrom(Register.ProcedurePages), new Parameters([AsOf.Parameter])).Kept());
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
        var asOf = new AsOf(HttpContext, positions);
        if (asOf.Errors() is { Count: > 0 } errors)
        {
            await this.Decline(Problem.Of(HttpContext, ProblemKind.Validation) with { Errors = errors });
            return;
        }

        if (await (asOf.IsNow ? Now(noticeId, ct) : Past(noticeId, asOf, ct)) is not var (notice, openings)
            || !(notice.IsPublic || Caller.Of(User).SeesAll(notice.Procedure.Centre.Code, notice.Procedure.Region)))
        {
            await this.Decline(ProblemKind.NotFound);
            return;
        }

        HttpContext.DependsOn(Dependence.Procedure(notice.ProcedureId));
        if (!notice.IsPublic) HttpContext.Response.Headers.CacheControl = "private, no-store";
        var answer = JsonSerializer.SerializeToUtf8Bytes(notice, WireJson.Stored);
        openings ??= await vault.OpeningsIn(answer, ct);
        await this.Answer(Unsealing.Of(answer, openings), "application/json; charset=utf-8", ct);
    }

    private async Task<(NoticePage, IReadOnlyDictionary<string, byte[]>?)?> Now(Guid noticeId, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Question);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = noticeId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = positions.Published });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct) || Catalogue.Find(reader.GetString(0)) is not { } kind) return null;
        if (Fact(noticeId, kind, reader.GetFieldValue<byte[]>(1)) is not { } fact)
        {
            var (data, procedureId, version, positionsThen) = (reader.GetFieldValue<byte[]>(1), reader.GetGuid(2), reader.GetInt64(3), reader.GetFieldValue<long[]>(5));
            await reader.DisposeAsync();
            return await Unreadable(noticeId, kind, data, procedureId, version, positionsThen, ct);
        }

        var chain = JsonSerializer.Deserialize<IReadOnlyList<NoticeLine>>(reader.GetFieldValue<byte[]>(4), WireJson.Stored)!;
        var notice = NoticePage.Of(fact, reader.GetGuid(2), reader.GetInt64(3), chain, reader.GetFieldValue<long[]>(5));
        return (notice, reader.IsDBNull(6) ? PersonalVault.None : vault.Decrypt(reader.GetFieldValue<string[]>(6), reader.GetFieldValue<string[]>(7), reader.GetFieldValue<byte[][]>(8)));
    }

    /// <summary>Null where it cannot be read.</summary>
    private static INoticed? Fact(Guid noticeId, EventKind kind, byte[] data)
    {
        try
        {
            return (INoticed)JsonSerializer.Deserialize(data, kind.Type, WireJson.Stored)!;
        }
        catch (JsonException unreadable) when (Defects.Report(noticeId, "event", unreadable))
        {
            return null;
        }
    }

    /// <summary>What was recorded, as it stands.</summary>
    private async Task<(NoticePage, IReadOnlyDictionary<string, byte[]>?)?> Unreadable(
        Guid noticeId, EventKind kind, byte[] data, Guid procedureId, long version, long[] positions, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        if (await session.LoadAsync<ProcedurePage>(procedureId, ct) is not { } procedure || JsonNode.Parse(data) is not JsonObject recorded) return null;
        var disclosed = (await session.Events.FetchStreamAsync(procedureId, token: ct)).Readable().Select(e => e.Data).OfType<DefectDisclosed>().FirstOrDefault(f => f.DefectOf == noticeId);
        return NoticePage.OfUnreadable(noticeId, kind, recorded, version, procedure, positions) is { } notice ? (notice with { DefectBy = disclosed?.Notice.NoticeId }, null) : null;
    }

    private async Task<(NoticePage, IReadOnlyDictionary<string, byte[]>?)?> Past(Guid noticeId, AsOf asOf, CancellationToken ct)
    {
        await positions.Settled(asOf.Time, ct);
        await using var session = store.QuerySession();
        if (await session.Events.LoadAsync(noticeId, ct) is not { } e) return null;
        var batch = session.CreateBatchQuery();
        var asked = batch.Events.FetchStream(e.StreamId);
        var published = batch.Query<long[]>(Positions.OfProcedure, e.StreamId, positions.Published);
        await batch.Execute(ct);
        var events = asOf.Of((await asked).Readable(), (await published)[0]);
        if (events.Count < e.Version || ProcedureFold.Pages(events).SingleOrDefault() is not { } procedure) return null;
        asOf.Tell(events[^1]);
        return events[(int)e.Version - 1] is { Data: INoticed } told && NoticePage.Of(told, procedure, (await published)[0]) is { } notice ? (notice, null) : null;
    }
}
