using Npgsql;
using Trading.Store;

namespace Trading.Log;

/// <summary>What opens the commitments that the log holds of events that are not public.</summary>
public sealed class EventOpenings(NpgsqlDataSource database)
{
    /// <summary>The opening of an event's content; null where the procedure has no such event, or its content is no secret.</summary>
    public async Task<string?> OfContent(Guid procedureId, Guid eventId, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select {RecordedEvents.Columns} from {StoreSetup.EventSchema}.mt_events e where e.id = $1 and e.stream_id = $2");
        command.Parameters.Add(new NpgsqlParameter { Value = eventId });
        command.Parameters.Add(new NpgsqlParameter { Value = procedureId });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Leaf.Openings(RecordedEvents.Read(reader, 0)).GetValueOrDefault(Leaf.ContentCommitment) : null;
    }
}
