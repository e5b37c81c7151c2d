using Npgsql;
using Trading.Http;
using Trading.Log;
using Trading.Store;

namespace Trading.Delivery;

/// <summary>
/// Removes cached responses when a procedure changes, before this node's feed returns the event: a client that reads the event in the feed
/// also finds it on the page. While the database cannot be reached, cached responses are marked as possibly outdated.
/// </summary>
public sealed partial class Eviction : BackgroundService
{
    private const int MostFollowed = 10_000;
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(250);
    private readonly NpgsqlDataSource database;
    private readonly Freshness freshness;
    private readonly ILogger<Eviction> log;

    public Eviction([FromKeyedServices(Pool.Upkeep)] NpgsqlDataSource database, PublishedHead head, Freshness freshness, ILogger<Eviction> log)
    {
        (this.database, this.freshness, this.log) = (database, freshness, log);
        head.BeforeTelling(Published);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Patience.Repeat(pause, Listen, LogInterrupted, stoppingToken);

    private async ValueTask Listen(CancellationToken ct)
    {
        await using var command = database.CreateCommand("select 1");
        await command.ExecuteScalarAsync(ct);
        freshness.UpToDate();
    }

    private async Task Published(long from, long until, CancellationToken ct)
    {
        if (until - from > MostFollowed)
        {
            freshness.EverythingChanged();
            return;
        }

        await using var command = database.CreateCommand($"select distinct stream from {LogSchema.Name}.leaf where position >= $1 and position < $2");
        command.Parameters.Add(new NpgsqlParameter { Value = from });
        command.Parameters.Add(new NpgsqlParameter { Value = until });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) freshness.Changed(Dependence.Procedure(reader.GetGuid(0)));
    }

    [LoggerMessage(LogLevel.Warning, "The database cannot be asked what has changed; kept answers are served as possibly outdated.")]
    private partial void LogInterrupted(Exception passing);
}
