using System.Globalization;
using System.Text;
using Npgsql;
using Trading.Log;

namespace Trading.Feeds.Changes;

/// <summary>By what a reader narrows the feed. What does not match is passed over, never renumbered.</summary>
public sealed record ChangeFilter(string[]? Types = null, string[]? Categories = null, (string First, string Last)? Region = null)
{
    public bool IsNone => Types is null && Categories is null && Region is null;
}

/// <summary>One change as it is sent: the leaf's own members with its position and hash, so that canonical JSON without those two is the leaf.</summary>
public sealed record Change(long Position, byte[] Json);

/// <summary>Reads changes as the log has published them.</summary>
public sealed class ChangeFeed(NpgsqlDataSource database)
{
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
        {
            var position = reader.GetInt64(0);
            yield return new Change(position, Item(position, reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3)));
        }
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

    private static byte[] Item(long position, byte[] hash, byte[] leaf, byte[]? notice)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{{\"position\":{position},\"leafHash\":\"{Convert.ToBase64String(hash)}\","));
        return notice is null
            ? [.. head, .. leaf.AsSpan(1)]
            : [.. head, .. leaf.AsSpan(1, leaf.Length - 2), .. ",\"notice\":"u8, .. notice, (byte)'}'];
    }
}
