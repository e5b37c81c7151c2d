using Npgsql;
using Trading.Merkle;
using Trading.Store;

namespace Trading.Log.Verifying;

/// <summary>
/// Checks the database against the published log: every event makes the very leaf that was published at its position, none is without a
/// position, none is hidden from readers, and the tables of the log say what its files say.
/// </summary>
public sealed class RecordedLog(NpgsqlDataSource database, PublishedLog published)
{
    private const int AtOnce = 1000;

    public async Task Check(Findings findings, CancellationToken ct)
    {
        for (var first = 0L; first < published.Size; first += AtOnce) await CheckLeaves(first, Math.Min(first + AtOnce, published.Size), findings, ct);
        await CheckForgotten(findings, ct);
        await CheckHead(findings, ct);
    }

    private async Task CheckLeaves(long from, long until, Findings findings, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select l.position, l.bytes, l.hash, l.notice, l.event_id, l.sequence, l.stream, l.version, e.is_archived, {RecordedEvents.Columns}
            from {LogSchema.Name}.leaf l left join {StoreSetup.EventSchema}.mt_events e on e.id = l.event_id
            where l.position >= $1 and l.position < $2 order by l.position
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = from });
        command.Parameters.Add(new NpgsqlParameter { Value = until });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var expected = from;
        while (await reader.ReadAsync(ct))
        {
            var position = reader.GetInt64(0);
            for (; expected < position; expected++) findings.Add($"position {expected}: the database has no leaf");
            expected = position + 1;
            CheckLeaf(reader, position, findings);
        }

        for (; expected < until; expected++) findings.Add($"position {expected}: the database has no leaf");
    }

    private void CheckLeaf(NpgsqlDataReader reader, long position, Findings findings)
    {
        var (bytes, hash) = (reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2));
        var leafHash = published.LeafHash(position);
        if (!TreeHash.Sha256.Leaf(bytes).AsSpan().SequenceEqual(leafHash)) findings.Add($"position {position}: the database's leaf is not the published one");
        if (!hash.AsSpan().SequenceEqual(leafHash)) findings.Add($"position {position}: the database's hash is not the published one");
        if (reader.IsDBNull(9))
        {
            findings.Add($"position {position}: its event {reader.GetGuid(4)} is gone");
            return;
        }

        var e = RecordedEvents.Read(reader, 9);
        if (reader.GetBoolean(8)) findings.Add($"event {e.EventId} at position {position} is archived, which hides it from readers");
        if ((e.Sequence, e.Stream, e.Version) != (reader.GetInt64(5), reader.GetGuid(6), reader.GetInt64(7)))
            findings.Add($"event {e.EventId} at position {position}: its number, stream or version was changed");
        try
        {
            var leaf = Leaf.Of(e);
            if (!TreeHash.Sha256.Leaf(leaf.Bytes).AsSpan().SequenceEqual(leafHash)) findings.Add($"event {e.EventId} at position {position} is not what was published: it was changed");
            if (!(leaf.Notice ?? []).AsSpan().SequenceEqual(reader.IsDBNull(3) ? [] : reader.GetFieldValue<byte[]>(3)))
                findings.Add($"event {e.EventId} at position {position}: the long notice kept for it was changed");
        }
        catch (Exception wrong) when (wrong is InvalidDataException or KeyNotFoundException or InvalidOperationException)
        {
            findings.Add($"event {e.EventId} at position {position} is not what was published: {wrong.Message}");
        }
    }

    /// <summary>Events that neither have a position nor wait for one.</summary>
    private async Task CheckForgotten(Findings findings, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select e.id from {StoreSetup.EventSchema}.mt_events e
            where not exists (select from {LogSchema.Name}.leaf l where l.event_id = e.id)
              and not exists (select from {LogSchema.Name}.pending p where p.sequence = e.seq_id)
            order by e.seq_id limit 100
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) findings.Add($"event {reader.GetGuid(0)} was recorded without the log's knowledge");
    }

    private async Task CheckHead(Findings findings, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select size, frontier, root from {LogSchema.Name}.head where tree = 'sha256'");
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return;
        try
        {
            var frontier = new Frontier(TreeHash.Sha256, reader.GetInt64(0), reader.GetFieldValue<byte[][]>(1));
            if (!frontier.Root.AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(2))) findings.Add("the database's head: its root is not that of its frontier");
            if (frontier.Size < published.Size) findings.Add($"the database's head: {frontier.Size} entries, while {published.Size} were published");
        }
        catch (ArgumentException wrong)
        {
            findings.Add($"the database's head: {wrong.Message}");
        }
    }
}
