using System.Reflection;
using DbUp;
using DbUp.Engine;
using DbUp.Postgresql;
using Npgsql;

namespace Trading.Store.Schema;

/// <summary>
/// The changes of the schema: numbered SQL scripts of this folder, each applied once, in one transaction with its line in the journal.
/// What was applied stands in the journal with the hash of its text, and is not changed afterwards.
/// </summary>
public static class SchemaScripts
{
    private const string Folder = "schema/";

    // The key of the advisory lock that lets one migration work at a time: "schema" in ASCII.
    private const long OneAtATime = 0x736368656D61;

    /// <summary>Every script of this build, in the order in which they are applied.</summary>
    public static IReadOnlyList<SqlScript> All { get; } =
    [
        .. from name in Assembly.GetExecutingAssembly().GetManifestResourceNames().Order(StringComparer.Ordinal)
           where name.StartsWith(Folder, StringComparison.Ordinal)
           select new SqlScript(name[Folder.Length..], Text(name)),
    ];

    /// <summary>Applies the scripts that the database does not have yet. A second run at the same time waits for the first.</summary>
    /// <param name="owner">Connection of the role that owns the schema.</param>
    /// <param name="prepare">What is done first when they fit the database, before any of them is applied.</param>
    /// <exception cref="SchemaException">A script failed and left nothing behind, or the journal does not fit these scripts.</exception>
    public static async Task Apply(string owner, IReadOnlyList<SqlScript> scripts, Func<Task>? prepare = null)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(owner) { Pooling = false, CommandTimeout = 0 });
        await using var gate = await database.OpenConnectionAsync();
        await using (var wait = new NpgsqlCommand($"select pg_advisory_lock({OneAtATime})", gate)) await wait.ExecuteNonQueryAsync();

        var engine = DeployChanges.To.PostgresqlDatabase(new PostgresqlConnectionManager(database))
            .WithScripts(scripts)
            .JournalTo((connections, _) => new Journal(scripts, connections))
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build();
        engine.GetScriptsToExecute();
        if (prepare is not null) await prepare();
        var result = engine.PerformUpgrade();
        if (!result.Successful) throw new SchemaException($"{result.ErrorScript?.Name}: {result.Error.Message}", result.Error);
    }

    private static string Text(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
