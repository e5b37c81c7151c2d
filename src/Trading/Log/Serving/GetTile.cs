using FastEndpoints;
using Npgsql;
using Trading.Http;
using Trading.Log.Publishing;
using Trading.Merkle;

namespace Trading.Log.Serving;

public sealed class GetTile(NpgsqlDataSource database, LogKeys keys) : EndpointWithoutRequest<byte[]>
{
    public override void Configure()
    {
        Get("log/tile/{level:int}/{**place}", "log/sm3/tile/{level:int}/{**place}");
        AllowAnonymous();
        Summary(s =>
        {
            s.Summary = "日志默克尔树块";
            s.Description = "256 hashes of the log's tree, or fewer at its right edge (C2SP tlog-tiles); they never change.";
        });
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        if (HttpContext.TreeOf(keys) is { } tree
            && Tile.TryParse(Route<int>("level"), Route<string>("place")!, out var tile)
            && await database.IsPublished(tree, tile, ct))
            await this.Answer(await new LogTiles(database, tree.Hash).Read(tile, ct), "application/octet-stream", LogAnswers.Immutable, ct);
        else
            await this.Decline(ProblemKind.NotFound);
    }
}

public sealed class GetEntries(NpgsqlDataSource database, LogKeys keys) : EndpointWithoutRequest<byte[]>
{
    public override void Configure()
    {
        Get("log/tile/entries/{**place}");
        AllowAnonymous();
        Summary(s =>
        {
            s.Summary = "日志条目";
            s.Description = "The entries under a tile of level 0, each after its length in two bytes (C2SP tlog-tiles); they never change.";
        });
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        if (Tile.TryParse(0, Route<string>("place")!, out var tile) && await database.IsPublished(keys.Main, tile, ct))
            await this.Answer(await new LogTiles(database, keys.Main.Hash).ReadEntries(tile, ct), "application/octet-stream", LogAnswers.Immutable, ct);
        else
            await this.Decline(ProblemKind.NotFound);
    }
}

internal static class PublishedTiles
{
    public static PublishedTree? TreeOf(this HttpContext http, LogKeys keys) =>
        http.Request.Path.StartsWithSegments("/log/sm3", StringComparison.Ordinal) ? keys.Sm3 : keys.Main;

    /// <summary>What is sequenced but not signed yet is nobody's business.</summary>
    public static async Task<bool> IsPublished(this NpgsqlDataSource database, PublishedTree tree, Tile tile, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select max(size) from {LogSchema.Name}.checkpoint where tree = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = tree.Hash.Name });
        return await command.ExecuteScalarAsync(ct) is long size && tile.First + tile.Width <= Tile.Reach(tile.Level, size);
    }
}
