using System.Text.Json;
using Npgsql;
using Trading.Events;
using Trading.Log.Notes;
using Trading.Merkle;
using Trading.Store;

namespace Trading.Log.Verifying;

/// <summary>
/// Checks the database against the published log: every event makes the very leaf that was published at its position, none is without a
/// position, none is hidden from readers, versions follow each other without gaps, times too, and the tables of the log say what its files
/// say.
/// </summary>
/// <param name="connection">In a transaction that sees one state of the database.</param>
/// <param name="published">Checked before.</param>
public sealed class RecordedLog(NpgsqlConnection connection, PublishedLog published, IReadOnlyList<VerifierKey> witnesses)
{
    private const int AtOnce = 1000;
    private const string Tenant = "*DEFAULT*";
    private static readonly string[] trees = [TreeHash.Sha256.Name, TreeHash.Sm3.Name];
    private readonly Dictionary<Guid, long> versions = [];
    private readonly RecordedTimes times = new();
    private readonly long read = published.Size;

    public async Task Check(Findings findings, CancellationToken ct)
    {
        await times.Begin(connection, ct);
        var next = 0L;
        for (var more = true; more;)
        {
            var from = next;
            next = await CheckLeaves(from, findings, ct);
            more = next > from;
        }

        for (; next < read; next++) findings.Add($"position {next}: the database has no leaf");
        await Tell(Forgotten, id => $"event {id} was recorded without the log's knowledge", findings, ct);
        await Tell(Gone, sequence => $"event number {sequence} waits for a position and is gone", findings, ct);
        await Tell(WrongStreams, id => $"stream {id}: its version is not the number of its events, an empty row stands among them, or it is archived", findings, ct);
        await Tell(Undrawn, id => $"event {id}: its number was not drawn from the sequence, so that views never reach it", findings, ct);
        await Tell(Ahead, follower => $"{follower}: it has gone on further than there are events, and passes over those to come", findings, ct);
        await Tell(WrongTrees, place => $"{place}: it is of no tree of this log", findings, ct, trees);
        foreach (var tree in published.Trees) await new RecordedTree(connection, tree, published.CheckpointOf(tree), tree == published.Main ? witnesses : []).Check(findings, ct);
    }

    /// <summary>Events that neither have a position nor wait for one.</summary>
    private static string Forgotten =>
        $"""
        select e.id::text from {StoreSetup.EventSchema}.mt_events e
        where not ({LogSchema.Tombstone}) and not exists (select from {LogSchema.Name}.leaf l where l.event_id = e.id)
          and not exists (select from {LogSchema.Name}.pending p where p.sequence = e.seq_id)
        order by e.seq_id
        """;

    private static string Gone =>
        $"""
        select p.sequence::text from {LogSchema.Name}.pending p
        where not exists (select from {StoreSetup.EventSchema}.mt_events e where e.seq_id = p.sequence) order by p.sequence
        """;

    private static string WrongStreams =>
        $"""
        select coalesce(s.id, e.stream_id)::text from {StoreSetup.EventSchema}.mt_streams s
        full join (
            select stream_id, count(*) events, max(version) version, bool_and({LogSchema.Tombstone}) tombstones, bool_or({LogSchema.Tombstone}) holed
            from {StoreSetup.EventSchema}.mt_events group by stream_id) e on e.stream_id = s.id
        where e.tombstones is not true and (s.version is distinct from coalesce(e.version, 0) or e.events <> e.version or e.holed or s.is_archived) order by 1
        """;

    private static string Undrawn =>
        $"select id::text from {StoreSetup.EventSchema}.mt_events where seq_id > (select last_value from {StoreSetup.EventSchema}.mt_events_sequence) order by seq_id";

    private static string Ahead =>
        $"""
        select 'progress of ' || name from {StoreSetup.EventSchema}.mt_event_progression where last_seq_id > (select last_value from {StoreSetup.EventSchema}.mt_events_sequence)
        union all select 'progress of the watch' from watch.progress where position > (select count(*) from {LogSchema.Name}.leaf) order by 1
        """;

    private static string WrongTrees =>
        $"""
        select 'node ' || tree || ' ' || level || '/' || index from {LogSchema.Name}.node where tree <> all ($1)
        union all select 'head ' || tree from {LogSchema.Name}.head where tree <> all ($1)
        union all select 'checkpoint ' || tree || ' of ' || size from {LogSchema.Name}.checkpoint where tree <> all ($1)
        union all select 'cosignature ' || tree || ' of ' || size from {LogSchema.Name}.cosignature where tree <> all ($1)
        """;

    private async Task Tell(
        string question, Func<string, string> finding, Findings findings, CancellationToken ct, string[]? argument = null)
    {
        await using var command = new NpgsqlCommand(question, connection) { CommandTimeout = 0 };
        if (argument is not null) command.Parameters.Add(new NpgsqlParameter { Value = argument });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) findings.Add(finding(reader.GetString(0)));
    }

    /// <returns>The position after the last that was there.</returns>
    private async Task<long> CheckLeaves(long from, Findings findings, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select l.position, l.bytes, l.hash, l.notice, l.event_id, l.sequence, l.stream, l.version, l.type, l.category, l.region,
                   e.is_archived is true or e.is_skipped is true or e.tenant_id is distinct from '{Tenant}', e.bdata is not null, e.mt_dotnet_type, {RecordedEvents.Columns}
            from {LogSchema.Name}.leaf l left join {StoreSetup.EventSchema}.mt_events e on e.id = l.event_id
            where l.position >= $1 order by l.position limit $2
            """, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter { Value = from });
        command.Parameters.Add(new NpgsqlParameter { Value = AtOnce });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var expected = from;
        while (await reader.ReadAsync(ct))
        {
            var position = reader.GetInt64(0);
            if (position > expected) findings.Add($"position {expected}: the database has no leaf there, nor up to {position - 1}");
            expected = position + 1;
            CheckLeaf(reader, position, findings);
        }

        return expected;
    }

    private void CheckLeaf(NpgsqlDataReader reader, long position, Findings findings)
    {
        var bytes = reader.GetFieldValue<byte[]>(1);
        var leaf = LeafOfEvent(reader, position, findings);
        if (position >= read && position == published.Main.Size)   // sequenced since the checkpoint
            foreach (var tree in published.Trees) tree.Append(leaf?.Bytes ?? bytes);
        if (position >= published.Main.Size) return;

        var due = published.Main.HashAt(0, position);
        if (!TreeHash.Sha256.Leaf(bytes).AsSpan().SequenceEqual(due)) findings.Add($"position {position}: the database's leaf is another than {Whose(position)}");
        if (!reader.GetFieldValue<byte[]>(2).AsSpan().SequenceEqual(due)) findings.Add($"position {position}: the database's hash is another than {Whose(position)}");
        if (leaf is null) return;
        if (!TreeHash.Sha256.Leaf(leaf.Bytes).AsSpan().SequenceEqual(due))
            findings.Add($"event {reader.GetGuid(4)} at position {position} is not what was published: it was changed");
        if (!(leaf.Notice ?? []).AsSpan().SequenceEqual(reader.IsDBNull(3) ? [] : reader.GetFieldValue<byte[]>(3)))
            findings.Add($"position {position}: the long notice kept for it is another than its event's");
        if (leaf.Facets != (reader.IsDBNull(8) && reader.IsDBNull(9) && reader.IsDBNull(10) ? null : new LeafFacets(Text(8), Text(9), Text(10))))
            findings.Add($"position {position}: by what the feed finds it is another than its event's");

        string Text(int column) => reader.IsDBNull(column) ? "" : reader.GetString(column);
    }

    /// <summary>As Marten keeps it with an event; it falls back on it where it does not know the type.</summary>
    private static string Class(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    private string Whose(long position) => position < read ? "the published one" : "its event's";

    /// <summary>The leaf the event makes now; null when it makes none.</summary>
    private Leaf? LeafOfEvent(NpgsqlDataReader reader, long position, Findings findings)
    {
        const int first = 14;
        var (eventId, stream, version) = (reader.GetGuid(4), reader.GetGuid(6), reader.GetInt64(7));
        if (version != versions.GetValueOrDefault(stream) + 1)
            findings.Add($"position {position}: version {version} of stream {stream} follows version {versions.GetValueOrDefault(stream)}");
        versions[stream] = version;
        if (reader.IsDBNull(first))
        {
            findings.Add($"position {position}: its event {eventId} is gone");
            return null;
        }

        try
        {
            var e = RecordedEvents.Read(reader, first);
            if (reader.GetBoolean(first - 3)) findings.Add($"event {eventId} at position {position} is hidden from readers: archived, skipped or of another tenant");
            if (reader.GetBoolean(first - 2)) findings.Add($"event {eventId} at position {position} has other bytes beside its data, which readers would take for it");
            times.Check(e, position, findings);
            if (Catalogue.Find(e.Type) is { } kind && (reader.IsDBNull(first - 1) ? null : reader.GetString(first - 1)) != Class(kind.Type))
                findings.Add($"event {eventId} at position {position}: the class kept with it is not that of its type");
            if ((e.Sequence, e.Stream, e.Version) != (reader.GetInt64(5), stream, version))
                findings.Add($"event {eventId} at position {position}: its number, stream or version is another than the log's");
            return Leaf.Of(e);
        }
        catch (Exception wrong) when (wrong is InvalidDataException or InvalidCastException or KeyNotFoundException or InvalidOperationException or FormatException or JsonException or OverflowException)
        {
            findings.Add($"event {eventId} at position {position} is not what was published: {wrong.Message}");
            return null;
        }
    }
}
