using Npgsql;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>Events as another version of the service might have written them: straight into the table, whatever stands in them.</summary>
internal static class OldEvents
{
    /// <summary>Adds an event to a procedure, like its last one but for type and content.</summary>
    /// <param name="data">An expression over the last event's data, in SQL.</param>
    /// <returns>Its id.</returns>
    public static async Task<Guid> Add(Database database, Guid procedure, string type, string dotNetType, string data)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await using var connection = new NpgsqlConnection(database.Owner);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(
            $"""
            begin;
            create temp table one on commit drop as select * from events.mt_events where stream_id = '{procedure}' order by version desc limit 1;
            update one set seq_id = nextval('events.mt_events_sequence'), id = '{id}', version = version + 1, type = '{type}',
                mt_dotnet_type = '{dotNetType}, Trading', data = {data.Replace("{id}", id.ToString(), StringComparison.Ordinal)};
            insert into events.mt_events select * from one;
            update events.mt_streams set version = version + 1 where id = '{procedure}';
            commit;
            """, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return id;
    }
}
