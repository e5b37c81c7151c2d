using Npgsql;

namespace Trading.Bench;

/// <summary>The rows one posting left, and how to insert the like of them as fast as Npgsql can.</summary>
internal sealed class StoredRows(IReadOnlyList<StoredRows.Row> rows)
{
    /// <param name="Columns">Name, type and value of each.</param>
    internal sealed record Row(string Table, IReadOnlyList<(string Name, string Type, object Value)> Columns);

    public static async Task<StoredRows> Of(Service service, (string Procedure, string Notice, string Key) posted) => new(
    [
        await Read(service, "events.mt_streams", "id", Guid.Parse(posted.Procedure)),
        await Read(service, "events.mt_events", "id", Guid.Parse(posted.Notice)),
        await Read(service, "views.mt_doc_procedurepage", "id", Guid.Parse(posted.Procedure)),
        await Read(service, "intake.idempotency_keys", "key", posted.Key),
    ]);

    /// <summary>Makes tables of the same columns, constraints and indexes, which nothing else writes to.</summary>
    public async Task<Inserter> Prepare(NpgsqlDataSource database, int workers)
    {
        await using var schema = database.CreateCommand(
            "drop schema if exists raw cascade; create schema raw;" + string.Concat(rows.Select(r => $"create table {Copy(r)} (like {r.Table} including all);")));
        await schema.ExecuteNonQueryAsync();

        var connections = new NpgsqlConnection[workers];
        for (var worker = 0; worker < workers; worker++) connections[worker] = await database.OpenConnectionAsync();
        return new Inserter([.. connections.Select(Batch)], connections);
    }

    private static async Task<Row> Read(Service service, string table, string column, object value)
    {
        await using var command = service.Database.CreateCommand($"select * from {table} where {column} = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync()) throw new InvalidOperationException($"{table} has no row with {column} {value}.");
        return new Row(table, [.. Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), reader.GetDataTypeName(i), reader.GetValue(i)))]);
    }

    private NpgsqlBatch Batch(NpgsqlConnection connection)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var row in rows)
        {
            var command = new NpgsqlBatchCommand(
                $"insert into {Copy(row)} ({string.Join(", ", row.Columns.Select(c => c.Name))}) values ({string.Join(", ", row.Columns.Select((_, i) => $"${i + 1}"))})");
            foreach (var (name, type, value) in row.Columns) command.Parameters.Add(new NpgsqlParameter { SourceColumn = name, DataTypeName = type, Value = value });
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    private static string Copy(Row row) => $"raw.{row.Table[(row.Table.IndexOf('.', StringComparison.Ordinal) + 1)..]}";

    /// <summary>Inserts rows under ever new keys.</summary>
    internal sealed class Inserter(IReadOnlyList<NpgsqlBatch> batches, IReadOnlyList<NpgsqlConnection> connections) : IAsyncDisposable
    {
        private long sequence;

        public async Task<bool> Insert(int worker)
        {
            var (stream, e, number) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Interlocked.Increment(ref sequence));
            foreach (var command in batches[worker].BatchCommands)
            {
                var isEvent = command.CommandText.StartsWith("insert into raw.mt_events ", StringComparison.Ordinal);
                foreach (NpgsqlParameter parameter in command.Parameters)
                {
                    parameter.Value = parameter.SourceColumn switch
                    {
                        "id" => isEvent ? e : stream,
                        "stream_id" => stream,
                        "seq_id" => number,
                        "key" => $"raw-{number}",
                        _ => parameter.Value,
                    };
                }
            }

            await batches[worker].ExecuteNonQueryAsync();
            return true;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var batch in batches) await batch.DisposeAsync();
            foreach (var connection in connections) await connection.DisposeAsync();
        }
    }
}
