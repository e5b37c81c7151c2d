using System.Data;
using System.Security.Cryptography;
using System.Text;
using DbUp.Engine;
using DbUp.Engine.Transactions;

namespace Trading.Store.Schema;

/// <summary>Which scripts were applied when, each with the SHA-256 of its text. The service's role may read it.</summary>
public sealed class Journal(IReadOnlyList<SqlScript> scripts, Func<IConnectionManager> connections) : IJournal
{
    public const string Schema = "migration";

    private const string Table = $"{Schema}.script";

    /// <param name="app">The application's role, quoted.</param>
    public static IReadOnlyList<string> Rights(string app) =>
    [
        $"grant usage on schema {Schema} to {app}",
        $"revoke all on all tables in schema {Schema} from {app}",
        $"grant select on all tables in schema {Schema} to {app}",
    ];

    /// <exception cref="SchemaException">A script was changed after it had been applied, or was applied by a newer build.</exception>
    public string[] GetExecutedScripts()
    {
        var applied = connections().ExecuteCommandsWithManagedConnection(Read);
        foreach (var (name, hash) in applied)
        {
            if (scripts.FirstOrDefault(each => each.Name == name) is not { } script)
                throw new SchemaException($"{name} was applied to this database and is not part of this build: the build is older than the database.");
            if (!Hash(script).AsSpan().SequenceEqual(hash))
                throw new SchemaException($"{name} was changed after it had been applied to this database. Restore its text and write the change as a new script.");
        }

        return [.. applied.Select(script => script.Name)];
    }

    public void EnsureTableExistsAndIsLatestVersion(Func<IDbCommand> dbCommandFactory) => Execute(
        dbCommandFactory,
        $"""
        create schema if not exists {Schema};
        create table if not exists {Table} (
            name text primary key,
            hash bytea not null check (length(hash) = 32),
            applied_at timestamptz not null default now());
        """);

    public void StoreExecutedScript(SqlScript script, Func<IDbCommand> dbCommandFactory) =>
        Execute(dbCommandFactory, $"insert into {Table} (name, hash) values (@name, @hash)", ("name", script.Name), ("hash", Hash(script)));

    private static List<(string Name, byte[] Hash)> Read(Func<IDbCommand> command)
    {
        using (var exists = command())
        {
            exists.CommandText = $"select to_regclass('{Table}') is not null";
            if (exists.ExecuteScalar() is false) return [];
        }

        using var read = command();
        read.CommandText = $"select name, hash from {Table} order by name";
        using var rows = read.ExecuteReader();
        List<(string, byte[])> applied = [];
        while (rows.Read()) applied.Add((rows.GetString(0), (byte[])rows.GetValue(1)));
        return applied;
    }

    private static byte[] Hash(SqlScript script) => SHA256.HashData(Encoding.UTF8.GetBytes(script.Contents));

    private static void Execute(Func<IDbCommand> create, string statement, params (string Name, object Value)[] values)
    {
        using var command = create();
        command.CommandText = statement;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        command.ExecuteNonQuery();
    }
}
