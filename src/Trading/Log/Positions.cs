using Npgsql;

namespace Trading.Log;

/// <summary>Positions of recorded events, as far as they are published.</summary>
public sealed class Positions(NpgsqlDataSource database, PublishedHead head)
{
    /// <summary>Those of a procedure's events, in order, as one JSON array; its arguments are the procedure and <see cref="Published"/>.</summary>
    public const string OfProcedure = $"select coalesce(json_agg(position order by version), '[]') from {LogSchema.Name}.leaf where stream = ? and position < ?";

    /// <summary>How many events are published: the least position that is not told yet.</summary>
    public long Published => head.Size;

    public Task<IReadOnlyDictionary<Guid, long>> OfEvents(Guid[] events, CancellationToken ct) => Read(
        $"select event_id, position from {LogSchema.Name}.leaf where event_id = any($1) and position < $2",
        [new() { Value = events }, new() { Value = Published }], ct);

    /// <summary>The position of one version of each procedure.</summary>
    public Task<IReadOnlyDictionary<Guid, long>> OfVersions(Guid[] procedures, long[] versions, CancellationToken ct) => Read(
        $"""
        select stream, position from unnest($1, $2) as asked (stream, version) join {LogSchema.Name}.leaf using (stream, version)
        where position < $3
        """,
        [new() { Value = procedures }, new() { Value = versions }, new() { Value = Published }], ct);

    private async Task<IReadOnlyDictionary<Guid, long>> Read(string question, NpgsqlParameter[] arguments, CancellationToken ct)
    {
        await using var command = database.CreateCommand(question);
        command.Parameters.AddRange(arguments);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var positions = new Dictionary<Guid, long>();
        while (await reader.ReadAsync(ct)) positions.Add(reader.GetGuid(0), reader.GetInt64(1));
        return positions;
    }
}
