using JasperFx;
using Marten;
using Npgsql;
using Trading.Log;
using Trading.Store;
using Trading.Vault;
using Trading.Watch;

namespace Trading.Ops;

/// <summary>Brings the schema up to date as its owner, and lets the application's role add facts but never change them.</summary>
public static class Migration
{
    public static async Task Run(Settings settings)
    {
        await using (var services = Composition.Store(settings with { Database = settings.Migration }, AutoCreate.CreateOrUpdate).BuildServiceProvider())
            await services.GetRequiredService<IDocumentStore>().Storage.ApplyAllConfiguredChangesToDatabaseAsync();

        await using var database = NpgsqlDataSource.Create(settings.Migration);
        await Execute(database, LogSchema.Script);
        await Execute(database, VaultSchema.Script);
        await Execute(database, WatchSchema.Script);

        var owner = new NpgsqlConnectionStringBuilder(settings.Migration).Username;
        var role = new NpgsqlConnectionStringBuilder(settings.Database).Username;
        if (role == owner)
        {
            Console.Error.WriteLine(
                "The application connects as the owner of its tables and could change recorded events. Give ConnectionStrings:Trading a role of its own.");
            return;
        }

        var app = new NpgsqlCommandBuilder().QuoteIdentifier(role!);
        foreach (var statement in (string[])[.. Rights.Of(role!), .. LogSchema.Rights(app), .. VaultSchema.Rights(app), .. WatchSchema.Rights(app)]) await Execute(database, statement);
    }

    private static async Task Execute(NpgsqlDataSource database, string statement)
    {
        await using var command = database.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}
