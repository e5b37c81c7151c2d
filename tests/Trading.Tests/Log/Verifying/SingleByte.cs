using System.Text;
using Npgsql;
using NpgsqlTypes;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Log.Verifying;

/// <summary>One byte of a log changed by chance, in the database or in a file, and put back.</summary>
internal sealed class SingleByte(KeptLog log, NpgsqlDataSource owner, Random chance)
{
    private const int Most = 200;
    private static readonly UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Changes a value of a row so that the database takes it and it is another.</summary>
    /// <param name="named">What tells the row apart, in SQL.</param>
    /// <returns>What was changed, how a finding names it, and how it is put back.</returns>
    public async Task<(string What, string Named, Func<Task> PutBack)> InTable(string table, string column, string type, string named)
    {
        for (var tries = 0; tries < Most; tries++)
        {
            var (row, name, value) = await Draw(table, column, named);
            for (var again = 0; again < Most; again++)
            {
                if (Changed(value, type.StartsWith("bytea", StringComparison.Ordinal) ? 2 : 0) is not { } other) continue;
                if (await Write(table, column, type, other, row) is not var (changed, now)) continue;
                if (now != value)
                    return ($"{table}.{column} of {name}: {Around(value, now)}", name, async () => Assert.NotNull(await Write(table, column, type, value, changed)));
                row = changed;   // another text for the same value
            }
        }

        throw new InvalidOperationException($"Nothing else fits into {table}.{column}.");
    }

    public async Task<(string What, string Named, Func<Task> PutBack)> InFile(string kind)
    {
        var files = Directory.GetFiles(log.Public, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(log.Public, file)).Where(file => KindOf(file) == kind).Order(StringComparer.Ordinal).ToList();
        var name = files[chance.Next(files.Count)];
        var path = Path.Combine(log.Public, name);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var at = chance.Next(bytes.Length);
        var other = (byte[])bytes.Clone();
        other[at] ^= (byte)chance.Next(1, 256);
        await File.WriteAllBytesAsync(path, other, TestContext.Current.CancellationToken);
        return ($"{name} at {at}: {bytes[at]} to {other[at]}", name, () => File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken));
    }

    private static string KindOf(string file) => file switch
    {
        _ when file.EndsWith("checkpoint", StringComparison.Ordinal) => "checkpoint",
        _ when file.StartsWith("notice", StringComparison.Ordinal) => "notice",
        _ when file.StartsWith("tile/entries", StringComparison.Ordinal) => "entries",
        _ => "tile",
    };

    private async Task<(string Row, string Name, string Value)> Draw(string table, string column, string named)
    {
        await using var command = owner.CreateCommand(
            $"select ctid::text, {named}, {column}::text from {table} where {column} is not null "
            + $"order by 2, 3 offset floor($1 * (select count(*) from {table} where {column} is not null)) limit 1");
        command.Parameters.Add(new NpgsqlParameter { Value = chance.NextDouble() });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        await reader.ReadAsync(TestContext.Current.CancellationToken);
        return (reader.GetString(0), reader.GetString(1), reader.GetString(2));
    }

    private string? Changed(string value, int from)
    {
        var bytes = strict.GetBytes(value);
        var at = chance.Next(from, bytes.Length);
        var other = (byte)(bytes[at] < 0x80 ? chance.Next(0x20, 0x7f) : chance.Next(0x80, 0x100));
        if (other == bytes[at]) return null;
        bytes[at] = other;
        try
        {
            return strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <returns>Where the row is now and what it holds; null when the database refuses.</returns>
    private async Task<(string Row, string Value)?> Write(string table, string column, string type, string value, string row)
    {
        try
        {
            await using var command = owner.CreateCommand($"update {table} set {column} = $1::{type} where ctid = $2::tid returning ctid::text, {column}::text");
            command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Text });
            command.Parameters.Add(new NpgsqlParameter { Value = row, NpgsqlDbType = NpgsqlDbType.Text });
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            return await reader.ReadAsync(TestContext.Current.CancellationToken) ? (reader.GetString(0), reader.GetString(1)) : null;
        }
        catch (PostgresException)
        {
            return null;
        }
    }

    private static string Around(string before, string after)
    {
        var at = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"…{Cut(before)}… to …{Cut(after)}…";

        string Cut(string text) => text[Math.Max(0, Math.Min(at, text.Length) - 8)..Math.Min(text.Length, at + 8)];
    }
}
