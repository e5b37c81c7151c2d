using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Trading.Merkle;
using Trading.Store;

namespace Trading.Log;

/// <summary>
/// 定序: gives recorded events their positions, dense from 0. It sees an event once its transaction has committed and asks nothing of
/// the event table's own numbers but an order, so that late and missing numbers cannot hide anything. There is one at a time: it writes
/// over the connection that holds the lock, and the position of a leaf is a primary key.
/// </summary>
public sealed class Sequencer(NpgsqlConnection connection, IReadOnlyList<TreeHash> trees)
{
    /// <summary>How many events one pass takes.</summary>
    public const int MostAtOnce = 1000;

    /// <summary>Sequences what is waiting, at most a batch of it, in one transaction.</summary>
    /// <returns>How many events got a position.</returns>
    /// <exception cref="LogStoppedException">What is there contradicts itself.</exception>
    public async Task<int> Pass(CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var events = await Waiting(ct);
        if (events.Count > 0)
        {
            await CheckOrder(events, ct);
            var head = await LogHead.Read(connection, TreeHash.Sha256, ct);
            var leaves = events.Select(LeafOf).ToList();
            byte[][] hashes = [.. leaves.Select(leaf => TreeHash.Sha256.Leaf(leaf.Bytes))];
            await Insert(head.Frontier.Size, events, leaves, hashes, ct);
            await head.Grow(connection, hashes, ct);
            await Settle(events, ct);
        }

        foreach (var tree in trees) await (await LogHead.Read(connection, tree, ct)).GrowFromLeaves(connection, ct);   // one that was switched on later catches up
        await transaction.CommitAsync(ct);
        return events.Count;
    }

    private async Task<List<RecordedEvent>> Waiting(CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select p.sequence, {RecordedEvents.Columns} from {LogSchema.Name}.pending p left join {StoreSetup.EventSchema}.mt_events e on e.seq_id = p.sequence "
            + "order by p.sequence limit $1", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = MostAtOnce });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var events = new List<RecordedEvent>();
        while (await reader.ReadAsync(ct))
        {
            if (await reader.IsDBNullAsync(1, ct)) throw new LogStoppedException($"Event {reader.GetInt64(0)} was recorded and is gone.");
            events.Add(RecordedEvents.Read(reader, 1));
        }

        return events;
    }

    /// <summary>A stream's versions follow each other in the log as they do in the stream.</summary>
    private async Task CheckOrder(List<RecordedEvent> events, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select stream, max(version) from {LogSchema.Name}.leaf where stream = any($1) group by stream", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = events.Select(e => e.Stream).Distinct().ToArray() });
        var versions = new Dictionary<Guid, long>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) versions[reader.GetGuid(0)] = reader.GetInt64(1);

        foreach (var e in events)
        {
            var last = versions.GetValueOrDefault(e.Stream);
            if (e.Version != last + 1) throw new LogStoppedException($"Version {e.Version} of stream {e.Stream} would follow version {last}.");
            versions[e.Stream] = e.Version;
        }
    }

    private static Leaf LeafOf(RecordedEvent e)
    {
        try
        {
            return Leaf.Of(e);
        }
        catch (Exception wrong) when (wrong is InvalidDataException or KeyNotFoundException or JsonException)
        {
            throw new LogStoppedException($"Event {e.EventId} makes no leaf: {wrong.Message}", wrong);
        }
    }

    /// <summary>Writes the leaves, and reads back that what was hashed is what was written.</summary>
    private async Task Insert(long first, List<RecordedEvent> events, List<Leaf> leaves, byte[][] hashes, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"insert into {LogSchema.Name}.leaf (position, sequence, event_id, stream, version, bytes, hash, notice, type, category, region) "
            + "select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning position, bytes", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = events.Select((_, i) => first + i).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = events.Select(e => e.Sequence).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = events.Select(e => e.EventId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = events.Select(e => e.Stream).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = events.Select(e => e.Version).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = leaves.Select(leaf => leaf.Bytes).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = hashes });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Value = leaves.Select(leaf => leaf.Notice).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = leaves.Select(leaf => leaf.Facets?.Type).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = leaves.Select(leaf => leaf.Facets?.Category).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = leaves.Select(leaf => leaf.Facets?.Region).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var position = reader.GetInt64(0);
            if (!reader.GetFieldValue<byte[]>(1).AsSpan().SequenceEqual(leaves[(int)(position - first)].Bytes))
                throw new LogStoppedException($"Leaf {position} was not stored as it was written.");
        }
    }

    private async Task Settle(List<RecordedEvent> events, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"delete from {LogSchema.Name}.pending where sequence = any($1)", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = events.Select(e => e.Sequence).ToArray() });
        if (await command.ExecuteNonQueryAsync(ct) != events.Count) throw new LogStoppedException("Somebody else is sequencing.");
    }
}
