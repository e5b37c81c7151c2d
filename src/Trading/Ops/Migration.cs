using System.Reflection;
using Npgsql;
using Trading.Log;
using Trading.Ops.Views;
using Trading.Projections;
using Trading.Store;
using Trading.Store.Schema;
using Trading.Vault;
using Trading.Watch;

namespace Trading.Ops;

/// <summary>Brings the schema up to date as its owner, and lets the application's role add facts but never change them.</summary>
public static class Migration
{
    /// <summary>This build, as the database records which one has made a view.</summary>
    public static string Build { get; } = typeof(Migration).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <returns>The views that have to be rebuilt.</returns>
    /// <exception cref="SchemaException">A script failed, or the database does not fit this build.</exception>
    public static async Task<IReadOnlyList<string>> Run(Settings settings)
    {
        await using var owner = NpgsqlDataSource.Create(settings.Migration);
        await SchemaScripts.Apply(settings.Migration, SchemaScripts.All, () => AskForViews(owner));
        var stale = await ViewVersions.Record(owner, Register.Versions, Build);
        if (stale.Count > 0) Console.WriteLine($"These views have to be rebuilt, and answer 503 until then: {string.Join(", ", stale)}. ops/rebuild changed does it.");
        await Grant(owner, settings);
        return stale;
    }

    // Nodes of the former version have stopped answering from these views, and writing them, before their tables change.
    private static async Task AskForViews(NpgsqlDataSource owner)
    {
        if (await ViewVersions.Ask(owner, Register.Versions)) await Task.Delay(3 * ViewStates.Validity, TimeProvider.System);
    }

    // Rights depend on the role's name, so they are no script: they are granted anew each time.
    private static async Task Grant(NpgsqlDataSource owner, Settings settings)
    {
        var role = new NpgsqlConnectionStringBuilder(settings.Database).Username!;
        if (role == new NpgsqlConnectionStringBuilder(settings.Migration).Username)
        {
            Console.Error.WriteLine(
                "The application connects as the owner of its tables and could change recorded events. Give ConnectionStrings:Trading a role of its own.");
            return;
        }

        var app = new NpgsqlCommandBuilder().QuoteIdentifier(role);
        await using var batch = owner.CreateBatch();
        foreach (var statement in (string[])[.. Rights.Of(role), .. LogSchema.Rights(app), .. VaultSchema.Rights(app), .. WatchSchema.Rights(app), .. Journal.Rights(app)])
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        await batch.ExecuteNonQueryAsync();
    }
}
