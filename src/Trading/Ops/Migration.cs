using Npgsql;
using Trading.Log;
using Trading.Store;
using Trading.Store.Schema;
using Trading.Vault;
using Trading.Watch;

namespace Trading.Ops;

/// <summary>Brings the schema up to date as its owner, and lets the application's role add facts but never change them.</summary>
public static class Migration
{
    /// <exception cref="SchemaException">A script failed, or the database does not fit this build.</exception>
    public static async Task Run(Settings settings)
    {
        await SchemaScripts.Apply(settings.Migration, SchemaScripts.All);

        var owner = new NpgsqlConnectionStringBuilder(settings.Migration).Username;
        var role = new NpgsqlConnectionStringBuilder(settings.Database).Username;
        if (role == owner)
        {
            Console.Error.WriteLine(
                "The application connects as the owner of its tables and could change recorded events. Give ConnectionStrings:Trading a role of its own.");
            return;
        }

        await Grant(settings.Migration, role!);
    }

    // Rights depend on the role's name, so they are no script: they are granted anew each time.
    private static async Task Grant(string owner, string role)
    {
        var app = new NpgsqlCommandBuilder().QuoteIdentifier(role);
        await using var database = NpgsqlDataSource.Create(owner);
        await using var batch = database.CreateBatch();
        foreach (var statement in (string[])[.. Rights.Of(role), .. LogSchema.Rights(app), .. VaultSchema.Rights(app), .. WatchSchema.Rights(app), .. Journal.Rights(app)])
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        await batch.ExecuteNonQueryAsync();
    }
}
