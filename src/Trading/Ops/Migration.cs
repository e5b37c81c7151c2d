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
        await Execute(owner, ClockSchema.SetTolerance, settings.ClockTolerance);
        if (settings.Sandbox) await MarkTrial(owner);
        var stale = await ViewVersions.Record(owner, Register.Versions, Build);
        if (stale.Count > 0) Console.WriteLine($"These views have to be rebuilt, and answer 503 until then: {string.Join(", ", stale)}. ops/rebuild changed does it.");
        await Grant(owner, settings);
        return stale;
    }

    /// <summary>Lets a clock of trials date the events of a database. Their times prove nothing from then on.</summary>
    public static async Task MarkTrial(NpgsqlDataSource owner)
    {
        await using var command = owner.CreateCommand(ClockSchema.IsTrial);
        if (await command.ExecuteScalarAsync() is not true) await Execute(owner, ClockSchema.MarkTrial);
    }

    // Nodes of the former version have stopped answering from these views, and writing them, before their tables change.
    private static async Task AskForViews(NpgsqlDataSource owner)
    {
        if (await ViewVersions.Ask(owner, Register.Versions)) await Task.Delay(3 * ViewStates.Validity, TimeProvider.System);
    }

    // Rights depend on the role's name, so they are no script: they are granted anew each time.
    private static async Task Grant(NpgsqlDataSource owner, Settings settings)
    {
        var (role, migration) = (new NpgsqlConnectionStringBuilder(settings.Database).Username!, new NpgsqlConnectionStringBuilder(settings.Migration));
        if (role == migration.Username)
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
        foreach (var statement in Rights.Withheld(migration.Database!, role)) await Attempt(owner, statement);
        foreach (var weakness in await RoleAudit.Weaknesses(owner, migration.Username!, role)) Console.Error.WriteLine(weakness);
    }

    /// <summary>What only the owner of the whole database may do; where that is another role, the audit names what is left to do.</summary>
    private static async Task Attempt(NpgsqlDataSource database, string statement)
    {
        try
        {
            await Execute(database, statement);
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InsufficientPrivilege)
        {
        }
    }

    private static async Task Execute(NpgsqlDataSource database, string statement, params object[] arguments)
    {
        await using var command = database.CreateCommand(statement);
        foreach (var argument in arguments) command.Parameters.Add(new NpgsqlParameter { Value = argument });
        await command.ExecuteNonQueryAsync();
    }
}
