using System.Text.Json.Nodes;
using JasperFx.Events;
using Marten;
using Npgsql;
using Trading.Events;
using Trading.Log;
using Trading.Store;
using Trading.Vault;

namespace Trading.Ocds;

/// <summary>A published event that makes a release, and where it stands.</summary>
/// <param name="Bytes">Of the notice, or of all notices of the procedure: about what an item of a page will have.</param>
public sealed record PlacedRelease(long Position, Guid EventId, Guid Procedure, long Version, long Bytes);

/// <summary>By what a reader narrows the releases; what does not match is passed over.</summary>
public sealed record ReleaseFilter(string[]? Categories = null, (string First, string Last)? Region = null);

/// <summary>Makes releases from the events that are published, when they are asked for.</summary>
public sealed class ReleaseFeed(IQuerySession session, [FromKeyedServices(Pool.Reads)] NpgsqlDataSource database, Positions positions, [FromKeyedServices(Pool.Reads)] PersonalVault vault)
{
    // only what is public has a type
    private const string Published = $"from {LogSchema.Name}.leaf l where position < $1 and type is not null";

    private const string Public = $"select position, event_id, stream, version, coalesce(octet_length(notice), 0)::bigint {Published}";

    /// <summary>Public events from a position on, in order.</summary>
    public Task<IReadOnlyList<PlacedRelease>> From(long after, int limit, ReleaseFilter filter, CancellationToken ct) => Read(
        $"""
        {Public} and position >= $2 and ($3::text[] is null or category = any($3)) and ($4::text is null or region between $4 and $5)
        order by position limit $6
        """,
        [
            new() { Value = after },
            new() { Value = (object?)filter.Categories ?? DBNull.Value, DataTypeName = "text[]" },
            new() { Value = (object?)filter.Region?.First ?? DBNull.Value, DataTypeName = "text" },
            new() { Value = (object?)filter.Region?.Last ?? DBNull.Value, DataTypeName = "text" },
            new() { Value = limit },
        ],
        ct);

    /// <summary>The first public event of each procedure, from a position on, in order.</summary>
    public Task<IReadOnlyList<PlacedRelease>> Firsts(long after, int limit, CancellationToken ct) => Read(
        $"""
        select position, event_id, stream, version,
               (select coalesce(sum(octet_length(notice)), 0)::bigint from {LogSchema.Name}.leaf e where e.stream = l.stream and e.position < $1)
        {Published} and position >= $2
          and not exists (select from {LogSchema.Name}.leaf e where e.stream = l.stream and e.version < l.version and e.type is not null)
        order by position limit $3
        """,
        [new() { Value = after }, new() { Value = limit }], ct);

    /// <summary>The release an event makes; null where it makes none.</summary>
    public async Task<PlacedRelease?> Find(Guid eventId, CancellationToken ct) =>
        (await Read($"{Public} and event_id = $2", [new() { Value = eventId }], ct)).SingleOrDefault();

    /// <summary>The releases of these procedures, each up to a version, or up to the last that is published.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<JsonObject>>> Of(IReadOnlyDictionary<Guid, long?> procedures, Uri service, CancellationToken ct)
    {
        var batch = session.CreateBatchQuery();
        var asked = procedures.ToDictionary(p => p.Key, p => batch.Events.FetchStream(p.Key, p.Value ?? 0));
        var published = procedures.Where(p => p.Value is null).ToDictionary(p => p.Key, p => batch.Query<long[]>(Positions.OfProcedure, p.Key, positions.Published));
        await batch.Execute(ct);
        var streams = new Dictionary<Guid, IReadOnlyList<IEvent>>();
        foreach (var (procedure, events) in asked)
            streams[procedure] = (published.TryGetValue(procedure, out var told) ? [.. (await events).Take((await told)[0].Length)] : await events).Readable();
        var contacts = await Contacts.Of(vault, streams.Values.SelectMany(events => events), ct);
        return streams.ToDictionary(stream => stream.Key, stream => Releases.Of(stream.Value, contacts, service));
    }

    private async Task<IReadOnlyList<PlacedRelease>> Read(string question, NpgsqlParameter[] arguments, CancellationToken ct)
    {
        await using var command = database.CreateCommand(question);
        command.Parameters.Add(new NpgsqlParameter { Value = positions.Published });
        command.Parameters.AddRange(arguments);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var placed = new List<PlacedRelease>();
        while (await reader.ReadAsync(ct)) placed.Add(new PlacedRelease(reader.GetInt64(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetInt64(3), reader.GetInt64(4)));
        return placed;
    }
}
