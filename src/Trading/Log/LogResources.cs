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
/// any web server or cache could serve them; the checkpoint comes with the cosignatures that have arrived.
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
        app.MapGet("/log/checkpoint", (HttpContext http, [FromKeyedServices(Pool.Reads)] NpgsqlDataSource database, LogKeys keys) => Checkpoint(http, database, keys.Main)).AllowAnonymous();
        app.MapGet("/log/sm3/checkpoint", (HttpContext http, [FromKeyedServices(Pool.Reads)] NpgsqlDataSource database, LogKeys keys) => Checkpoint(http, database, keys.Sm3)).AllowAnonymous();
        app.MapGet("/log/keys", (HttpContext http, LogKeys keys) =>
            Answer(http, string.Concat(keys.Trees.SelectMany(t => t.Signers).Select(s => $"{s.Key}\n")))).AllowAnonymous();
    }

    private static async Task Checkpoint(HttpContext http, NpgsqlDataSource database, PublishedTree? tree)
    {
        if (tree is not null && await CosignedCheckpoint.Newest(database, tree.Hash, http.RequestAborted) is { Note: var note }) await Answer(http, note);
        else await Problem.Of(http, ProblemKind.NotFound).Write(http);
    }

    private static Task Answer(HttpContext http, string text)
    {
        http.Response.Headers.CacheControl = Fresh;
        return http.Answer(Encoding.UTF8.GetBytes(text), Text, http.RequestAborted);
    }
}
