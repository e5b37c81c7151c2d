using Npgsql;
using Trading.Log;
using Trading.Merkle;

namespace Trading.Ops;

/// <summary>
/// Lets the log go on after its database was put right, as the owner of the schema: deletes the mark that stops every node. Each node
/// compares again before it goes on, and sets the mark again where nothing was put right.
/// </summary>
public static class LogResume
{
    /// <param name="anew">What was published cannot be brought back: the log's checkpoints are forgotten, and a new one begins under another name.</param>
    /// <param name="remake">Nodes and heads of the trees are made anew from the leaves: somebody has changed them.</param>
    /// <returns>0 when nodes may go on, 1 when nothing stops them, 2 when the settings are still those of the old log.</returns>
    public static async Task<int> Run(Settings settings, bool anew = false, bool remake = false)
    {
        await using var database = NpgsqlDataSource.Create(settings.Migration);
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (anew && await Obstacle(connection, settings.Log!) is { } obstacle)
        {
            Console.Error.WriteLine(obstacle);
            return 2;
        }

        var reason = await Text(connection, $"delete from {LogSchema.Name}.stop returning reason");
        if (anew) await Text(connection, $"delete from {LogSchema.Name}.cosignature; delete from {LogSchema.Name}.checkpoint");
        if (remake) await Remake(connection);
        await transaction.CommitAsync();
        if (remake) Console.WriteLine("The trees were made anew from the leaves.");
        Console.WriteLine(reason is null ? "No node has stopped the others." : $"The stop is lifted: {reason}");
        if (anew) Console.WriteLine($"The log begins anew as {settings.Log!.Origin}. Tell everybody who checks it, and keep the published files of the old one.");
        return reason is null && !anew && !remake ? 1 : 0;
    }

    private static async Task Remake(NpgsqlConnection connection)
    {
        await Text(connection, $"lock table {LogSchema.Name}.leaf, {LogSchema.Name}.node, {LogSchema.Name}.head in exclusive mode");   // whoever sequences waits
        var sm3 = await Text(connection, $"select tree from {LogSchema.Name}.head where tree = '{TreeHash.Sm3.Name}'");
        await LogHead.Remake(connection, TreeHash.Sha256, CancellationToken.None);
        if (sm3 is not null) await LogHead.Remake(connection, TreeHash.Sm3, CancellationToken.None);
    }

    /// <summary>Two histories under one name or key could never be told apart again.</summary>
    private static async Task<string?> Obstacle(NpgsqlConnection connection, LogSettings log)
    {
        var origins = new List<string>();
        await using (var command = new NpgsqlCommand($"select distinct split_part(note, chr(10), 1) from {LogSchema.Name}.checkpoint where tree = 'sha256'", connection))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) origins.Add(reader.GetString(0));
        if (origins.Count is 0) return null;
        if (origins.Contains(log.Origin)) return $"Log:Origin is still {log.Origin}: a new log needs a name of its own.";
        if (LogKeys.SignersIn(log.Keys).Any(signer => origins.Contains(signer.Key.Name))) return "Log:Keys still has a key of the old log: a new log needs keys of its own.";
        return Directory.Exists(log.Fence) && Directory.EnumerateFiles(log.Fence, "*.checkpoint").Any() ? "Log:Fence still has the fence of the old log: a new log needs one of its own." : null;
    }

    private static async Task<string?> Text(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync() as string;
    }
}
