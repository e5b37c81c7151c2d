using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using Npgsql;
using Trading.Log;
using Trading.Log.Publishing;
using Trading.Store;

namespace Trading.Feeds.Changes;

/// <summary>By what a reader narrows the feed. What does not match is passed over, never renumbered.</summary>
public sealed record ChangeFilter(string[]? Types = null, string[]? Categories = null, (string First, string Last)? Region = null)
{
    public bool IsNone => Types is null && Categories is null && Region is null;
}

/// <summary>One change: the leaf's own members with its position and hash, so that canonical JSON without those two is the leaf.</summary>
/// <param name="Leaf">Canonical JSON, as is <paramref name="Notice"/>.</param>
/// <param name="Notice">What the leaf has a digest of.</param>
public readonly record struct Change(long Position, byte[] Hash, byte[] Leaf, byte[]? Notice)
{
    private const int MostBeside = 128;   // position, hash and the names of members

    /// <summary>Of the leaf and its notice.</summary>
    public int Length => Leaf.Length + (Notice?.Length ?? 0);

    /// <summary>As it is sent.</summary>
    public void WriteTo(IBufferWriter<byte> answer)
    {
        Utf8.TryWrite(answer.GetSpan(MostBeside), CultureInfo.InvariantCulture, $"{{\"position\":{Position},\"leafHash\":\"{Convert.ToBase64String(Hash)}\",", out var written);
        answer.Advance(written);
        if (Notice is null)
        {
            answer.Write(Leaf.AsSpan(1));
            return;
        }

        answer.Write(Leaf.AsSpan(1, Leaf.Length - 2));
        answer.Write(",\"notice\":"u8);
        answer.Write(Notice);
        answer.Write("}"u8);
    }
}

/// <summary>Changes from one position on, in order.</summary>
/// <param name="Next">Behind the last position that was looked at.</param>
public sealed record Changes(IReadOnlyList<Change> Items, long Next);

/// <summary>Reads changes as the log has published them.</summary>
public sealed class ChangeFeed([FromKeyedServices(Pool.Feed)] NpgsqlDataSource database, LogKeys keys)
{
    /// <summary>How many bytes of changes are held back at most, to be sent with those that follow.</summary>
    public const int MostUnsent = 64 * 1024;

    /// <summary>How many bytes of leaves and notices are read at once; one that is longer is read alone.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>
    /// Changes from one position up to and without another, as far as <see cref="MostBytes"/> go. The method reads all of them before it
    /// returns, so that a slow client holds no database connection.
    /// </summary>
    public async Task<Changes> Read(long from, long until, ChangeFilter filter, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select position, hash, bytes, notice from (
                select position, hash, bytes, notice,
                       sum(octet_length(bytes) + coalesce(octet_length(notice), 0)) over (order by position rows between unbounded preceding and 1 preceding) as before
                from {LogSchema.Name}.leaf
                where position >= $1 and position < $2
                  and ($3::text[] is null or type = any($3)) and ($4::text[] is null or category = any($4)) and ($5::text is null or region between $5 and $6)) page
            where before is null or before < {MostBytes}
            order by position
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = from });
        command.Parameters.Add(new NpgsqlParameter { Value = until });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)filter.Types ?? DBNull.Value, DataTypeName = "text[]" });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)filter.Categories ?? DBNull.Value, DataTypeName = "text[]" });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)filter.Region?.First ?? DBNull.Value, DataTypeName = "text" });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)filter.Region?.Last ?? DBNull.Value, DataTypeName = "text" });
        var changes = new List<Change>();
        var bytes = 0L;
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var change = new Change(
                reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3));
            bytes += change.Length;
            if (bytes > MostBytes && changes.Count > 0) return new Changes(changes, change.Position);   // the statement returns one too many
            changes.Add(change);
        }

        return new Changes(changes, bytes >= MostBytes ? changes[^1].Position + 1 : until);
    }

    /// <summary>The size and root of the first checkpoint that covers everything before a position.</summary>
    public async Task<(long Size, string Root)?> HeadCovering(long position, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select note, size from {LogSchema.Name}.checkpoint where tree = 'sha256' and size >= $1 order by size limit {PublishedTree.MostPassedOver}");
        command.Parameters.Add(new NpgsqlParameter { Value = position });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            if (keys.Main.Open(reader.GetString(0), reader.GetInt64(1)) is { } checkpoint) return (checkpoint.Size, Convert.ToBase64String(checkpoint.Root));
        return null;
    }
}
