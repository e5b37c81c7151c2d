using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Trading.Store;

namespace Trading.Log;

/// <summary>How events are read from the event table, by the sequencer as by whoever checks it.</summary>
public static class RecordedEvents
{
    public const string Columns =
        "e.id, e.seq_id, e.stream_id, e.version, e.type, e.timestamp, e.data::text, "
        + "jsonb_strip_nulls(jsonb_build_object('user', e.user_name, 'causation', e.causation_id, 'correlation', e.correlation_id, 'headers', e.headers))::text";

    /// <summary>What was recorded in these events, as it stands.</summary>
    public static async Task<IReadOnlyDictionary<Guid, JsonObject>> Contents(NpgsqlDataSource database, Guid[] events, CancellationToken ct)
    {
        var contents = new Dictionary<Guid, JsonObject>();
        if (events is []) return contents;
        await using var command = database.CreateCommand($"select id, data::text from {StoreSetup.EventSchema}.mt_events where id = any($1)");
        command.Parameters.Add(new NpgsqlParameter { Value = events });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) contents[reader.GetGuid(0)] = JsonNode.Parse(reader.GetString(1))!.AsObject();
        return contents;
    }

    /// <param name="first">The index of the first of <see cref="Columns"/>.</param>
    public static RecordedEvent Read(NpgsqlDataReader reader, int first) => new(
        reader.GetInt64(first + 1), reader.GetGuid(first), reader.GetGuid(first + 2), reader.GetInt64(first + 3), reader.GetString(first + 4),
        reader.GetFieldValue<DateTime>(first + 5), JsonElement.Parse(reader.GetString(first + 6)), JsonElement.Parse(reader.GetString(first + 7)));
}
