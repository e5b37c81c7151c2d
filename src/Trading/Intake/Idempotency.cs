using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Marten;
using Npgsql;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Trading.Intake;

/// <summary>
/// Idempotency keys (draft-ietf-httpapi-idempotency-key-header). An answer is kept in the transaction of the events it reports, and as
/// long as they are; it holds over restarts and for every replica on the same database.
/// </summary>
public static class Idempotency
{
    /// <summary>Where the events that an answer reports have its digest, among their headers.</summary>
    public const string DigestHeader = "answer";

    /// <summary>Commits the events to the answer that is kept for them: base64 of the SHA-256 over those of its parts, one after the other.</summary>
    private static string Digest(string client, string key, byte[] fingerprint, Answer answer, DateTimeOffset at)
    {
        var micros = ((at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);
        byte[][] parts = [.. new[] { client, key }.Select(Encoding.UTF8.GetBytes), fingerprint, .. new[] { answer.ETag, answer.Location, answer.Body, micros }.Select(Encoding.UTF8.GetBytes)];
        return Convert.ToBase64String(SHA256.HashData([.. parts.SelectMany(SHA256.HashData)]));
    }

    /// <summary>The same in SQL, of a row.</summary>
    public static string DigestInSql(string row)
    {
        string[] parts =
        [
            Text($"{row}.client"), Text($"{row}.key"), $"{row}.fingerprint", Text($"{row}.etag"), Text($"{row}.location"), Text($"{row}.answer"),
            Text($"trunc(extract(epoch from {row}.recorded_at) * 1000000)::bigint::text"),
        ];
        return $"encode(sha256({string.Join(" || ", parts.Select(part => $"sha256({part})"))}), 'base64')";

        static string Text(string of) => $"convert_to({of}, 'UTF8')";
    }

    /// <summary>Asks for the key within the session's transaction. Two requests with one key never work at the same time.</summary>
    public static async Task<Claim> Take(IDocumentSession session, KeyScope scope, string key, byte[] fingerprint, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select pg_try_advisory_xact_lock(hashtextextended($1 || chr(31) || $2, 0))");
        command.Parameters.Add(new NpgsqlParameter { Value = scope.Current });
        command.Parameters.Add(new NpgsqlParameter { Value = key });
        await using (var reader = await session.ExecuteReaderAsync(command, ct))
        {
            await reader.ReadAsync(ct);
            if (!reader.GetBoolean(0)) return new Claim.InFlight();
        }

        // Read after the lock was taken, in a statement of its own: its snapshot sees what the lock's former holder committed.
        await using var stored = new NpgsqlCommand(
            "select fingerprint, etag, location, answer from intake.idempotency_keys where client in ($1, $3) and key = $2 order by client = $1 desc limit 1");
        stored.Parameters.Add(new NpgsqlParameter { Value = scope.Current });
        stored.Parameters.Add(new NpgsqlParameter { Value = key });
        stored.Parameters.Add(new NpgsqlParameter { Value = scope.Former });
        await using var row = await session.ExecuteReaderAsync(stored, ct);
        if (!await row.ReadAsync(ct)) return new Claim.Fresh();
        return row.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(fingerprint)
            ? new Claim.Answered(new Answer(row.GetString(1), row.GetString(2), row.GetString(3)))
            : new Claim.Reused();
    }

    /// <summary>Keeps the answer in the transaction of the events it reports, and its digest with each of them.</summary>
    public static void Keep(IDocumentSession session, KeyScope scope, string key, byte[] fingerprint, Answer answer, DateTimeOffset at)
    {
        session.SetHeader(DigestHeader, Digest(scope.Current, key, fingerprint, answer, at));
        session.QueueSqlCommand(
            "insert into intake.idempotency_keys (client, key, fingerprint, etag, location, answer, recorded_at) values (?, ?, ?, ?, ?, ?, ?)",
            scope.Current, key, fingerprint, answer.ETag, answer.Location, answer.Body, at.ToUniversalTime());
    }

    public static Table Table()
    {
        var table = new Table(new PostgresqlObjectName("intake", "idempotency_keys", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("client", "text").AsPrimaryKey();
        table.AddColumn("key", "text").AsPrimaryKey();
        table.AddColumn("fingerprint", "bytea").NotNull();
        table.AddColumn("etag", "text").NotNull();
        table.AddColumn("location", "text").NotNull();
        table.AddColumn("answer", "text").NotNull();
        table.AddColumn("recorded_at", "timestamptz").NotNull();
        return table;
    }

    /// <summary>A 201 as it was sent.</summary>
    public sealed record Answer(string ETag, string Location, string Body);

    public abstract record Claim
    {
        public sealed record Fresh : Claim;

        public sealed record Answered(Answer Answer) : Claim;

        public sealed record Reused : Claim;

        public sealed record InFlight : Claim;
    }
}
