using System.Text;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Npgsql;
using Trading.Http;
using Trading.Log.Publishing;
using Trading.Store;

namespace Trading.Log;

/// <summary>
/// The log as clients of C2SP tlog-tiles read it, below <c>/log</c>. Tiles, entries and long notices are the published files themselves, as
/// any web server or cache could serve them; the checkpoint comes with the cosignatures that have arrived, or from the published file while
/// the database is away, and is never smaller than one that this node has shown.
/// </summary>
public static class LogResources
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string Fresh = "public, max-age=1";
    private const string Text = "text/plain; charset=utf-8";

    /// <summary>The files; one that is not there is left to those behind.</summary>
    public static void UseLogFiles(this WebApplication app, LogSettings settings)
    {
        var directory = Path.GetFullPath(Path.Combine(settings.Directory, "public"));
        Directory.CreateDirectory(directory);
        app.MapWhen(
            http => http.Request.Path.StartsWithSegments("/log", StringComparison.Ordinal, out var rest) && rest.Value is { Length: > 0 } && !rest.Value.EndsWith("/checkpoint", StringComparison.Ordinal)
                && rest.Value is not "/keys" && File.Exists(Path.Combine(directory, rest.Value.TrimStart('/'))),
            files => files.UseStaticFiles(new StaticFileOptions
            {
                FileProvider = new PhysicalFileProvider(directory),
                RequestPath = "/log",
                ServeUnknownFileTypes = true,
                DefaultContentType = "application/octet-stream",
                ContentTypeProvider = new FileExtensionContentTypeProvider(new Dictionary<string, string> { [".json"] = "application/json; charset=utf-8" }),
                OnPrepareResponse = context => context.Context.Response.Headers.CacheControl = Immutable,
            }));
    }

    public static void MapLog(this WebApplication app)
    {
        app.MapGet("/log/checkpoint", (HttpContext http, [FromKeyedServices(Pool.Reads)] NpgsqlDataSource database, LogSettings log, LogKeys keys, ShownCheckpoints shown) => Checkpoint(http, database, log, keys.Main, shown)).AllowAnonymous();
        app.MapGet("/log/sm3/checkpoint", (HttpContext http, [FromKeyedServices(Pool.Reads)] NpgsqlDataSource database, LogSettings log, LogKeys keys, ShownCheckpoints shown) => Checkpoint(http, database, log, keys.Sm3, shown)).AllowAnonymous();
        app.MapGet("/log/keys", (HttpContext http, LogKeys keys) =>
            Answer(http, string.Concat(keys.Trees.SelectMany(t => t.Signers).Select(s => $"{s.Key}\n")))).AllowAnonymous();
    }

    private static async Task Checkpoint(HttpContext http, NpgsqlDataSource database, LogSettings log, PublishedTree? tree, ShownCheckpoints shown)
    {
        if (tree is not null && await Newest(database, log, tree, shown, http.RequestAborted) is { } note) await Answer(http, note);
        else await Problem.Of(http, ProblemKind.NotFound).Write(http);
    }

    private static async Task<string?> Newest(NpgsqlDataSource database, LogSettings log, PublishedTree tree, ShownCheckpoints shown, CancellationToken ct)
    {
        try
        {
            return shown.Latest(tree.Hash, (await CosignedCheckpoint.Newest(database, tree, ct))?.Note);
        }
        catch (Exception exception) when (Outage.Of(exception) is not null)
        {
            var published = Path.Combine(log.Directory, "public", tree.Prefix, "checkpoint");
            if (shown.Latest(tree.Hash, File.Exists(published) ? await File.ReadAllTextAsync(published, ct) : null) is { } note) return note;
            throw;
        }
    }

    private static Task Answer(HttpContext http, string text)
    {
        http.Response.Headers.CacheControl = Fresh;
        return http.Answer(Encoding.UTF8.GetBytes(text), Text, http.RequestAborted);
    }
}
