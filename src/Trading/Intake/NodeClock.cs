using Marten;
using Npgsql;
using Trading.Http;
using Trading.Store;

namespace Trading.Intake;

/// <summary>
/// Compares the node's clock with the database's before a refusal, a dry run or an import is answered, because a wrong clock applies the
/// rules of another day. Postings that are recorded are compared by a trigger of the database.
/// </summary>
internal static class NodeClock
{
    private const string IsRight = $"select trial or abs(extract(epoch from clock_timestamp() - $1)) <= extract(epoch from tolerance) from {ClockSchema.Name}";

    /// <param name="at">The time that the node has decided by.</param>
    /// <exception cref="ClocksDifferException">The database's clock shows another.</exception>
    public static async Task Check(IDocumentSession session, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(IsRight);
        command.Parameters.Add(new NpgsqlParameter { Value = at.ToUniversalTime() });
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        if (!await reader.ReadAsync(ct) || !reader.GetBoolean(0)) throw new ClocksDifferException();
    }
}
