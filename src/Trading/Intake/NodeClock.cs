using Marten;
using Npgsql;
using Trading.Http;
using Trading.Store;

namespace Trading.Intake;

/// <summary>
/// A node whose clock is wrong judges by the law of another day. The database refuses what such a node would record; here it is asked
/// before the node refuses something, or shows what it would record.
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
