using Npgsql;
using Weasel.Postgresql;

namespace Trading.Intake;

/// <summary>流水号 of unified deal codes: 1 to 999999, drawn from a sequence, so that no two lots of a day share one.</summary>
public sealed class DealCodeSerials(NpgsqlDataSource database)
{
    public static Sequence Sequence() => new(new PostgresqlObjectName("intake", "deal_code_serial", SchemaUtils.IdentifierUsage.General), 1);

    public async Task<IReadOnlyList<int>> Draw(int count, CancellationToken ct)
    {
        if (count is 0) return [];
        await using var command = database.CreateCommand(
            "select (nextval('intake.deal_code_serial') - 1) % 999999 + 1 from generate_series(1, $1)");
        command.Parameters.Add(new NpgsqlParameter { Value = count });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var serials = new List<int>(count);
        while (await reader.ReadAsync(ct)) serials.Add((int)reader.GetInt64(0));
        return serials;
    }
}
