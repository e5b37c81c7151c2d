using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using Npgsql;
using Trading.Log;

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

/// <summary>Reads changes as the log has published them.</summary>
public sealed class ChangeFeed(NpgsqlDataSource database)
{
    /// <summary>How many bytes of changes are held back at most, to be sent with those that follow.</summary>
    public const int MostUnsent = 64 * 1024;

    /// <summary>Changes from one position up to and without another, in order.</summary>
    public async IAsyncEnumerable<Change> Read(
        long from, long until, ChangeFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select position, hash, bytes, notice from {LogSchema.Name}.leaf
            where position >= $1 and position < $2
              and ($3::text[] is null or type = any($3)) and ($4::text[] is null or category = any($4)) and ($5::text is null or region between $5 and $6)
            order by position
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = from });
        command.Parameters.Add(new NpgsqlParameter { Value = until });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)filter.Types ?? DBNull.Value, DataTypeName = "text[]" });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)filter.Categories ?? DBNull.Value, DataTypeName = "text[]" });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)filter.Region?.First ?? DBNull.Value, DataTypeName = "text" });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)filter.Region?.Last ?? DBNull.Value, DataTypeName = "text" });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            yield return new Change(
                reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3));
    }

    /// <summary>The size and root of the first checkpoint that covers everything before a position.</summary>
    public async Task<(long Size, string Root)?> HeadCovering(long position, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select size, split_part(note, chr(10), 3) from {LogSchema.Name}.checkpoint where tree = 'sha256' and size >= $1 order by size limit 1");
        command.Parameters.Add(new NpgsqlParameter { Value = position });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetInt64(0), reader.GetString(1)) : null;
    }
}
