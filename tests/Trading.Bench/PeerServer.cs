using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Trading.Bench;

/// <summary>A Kestrel with one answer and nothing else: out of memory, or from PostgreSQL by hand. The most that this machine can serve.</summary>
internal sealed class PeerServer : IDisposable
{
    private readonly Process process;

    private PeerServer(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    private const string Database = "TRADING_BENCH_PEER_DATABASE";

    public static Task<PeerServer> Static(string file) => Start(null, "static", file);

    public static Task<PeerServer> Npgsql(string connection, string notice, string procedure) => Start(connection, "npgsql", notice, procedure);

    /// <summary>Serves until its process is ended, and says where.</summary>
    public static async Task<int> Run(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/", args switch
        {
            ["static", var file] => Kept(await File.ReadAllBytesAsync(file)),
            ["npgsql", var notice, var procedure] => Asked(
                NpgsqlDataSource.Create(Environment.GetEnvironmentVariable(Database)!), Guid.Parse(notice), Guid.Parse(procedure)),
            _ => throw new ArgumentException(string.Join(' ', args)),
        });
        await app.StartAsync();
        Console.WriteLine(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        await ((IHost)app).WaitForShutdownAsync();
        return 0;
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static RequestDelegate Kept(byte[] bytes) => http => Answer(http, bytes);

    private static RequestDelegate Asked(NpgsqlDataSource database, Guid notice, Guid procedure) => async http =>
    {
        await using var batch = database.CreateBatch();
        foreach (var (question, id) in ((string, Guid)[])
        [
            ("select data::text from events.mt_events where id = $1", notice),
            ("select data::text from views.mt_doc_procedurepage where id = $1", procedure),
            ("select coalesce(json_agg(position order by version), '[]')::text from log.leaf where stream = $1", procedure),
            ("select coalesce(json_agg(json_build_object('digest', digest, 'key', key, 'ciphertext', encode(ciphertext, 'base64'))), '[]')::text from vault.opening "
                + "where digest = any(array(select jsonb_path_query(data, '$.**._sd[*]') #>> '{}' from events.mt_events where id = $1))", notice),
        ])
            batch.BatchCommands.Add(new NpgsqlBatchCommand(question) { Parameters = { new NpgsqlParameter { Value = id } } });
        var answer = new StringBuilder("[");
        await using var reader = await batch.ExecuteReaderAsync(http.RequestAborted);
        do
        {
            while (await reader.ReadAsync(http.RequestAborted)) answer.Append(answer.Length > 1 ? "," : "").Append(reader.GetString(0));
        }
        while (await reader.NextResultAsync(http.RequestAborted));
        await Answer(http, Encoding.UTF8.GetBytes(answer.Append(']').ToString()));
    };

    private static async Task Answer(HttpContext http, byte[] bytes)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    private static async Task<PeerServer> Start(string? database, params string[] args)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(PeerServer).Assembly.Location, "peer", .. args])
        {
            RedirectStandardOutput = true, Environment = { [Database] = database },
        })!;
        return new PeerServer(process, new Uri((await process.StandardOutput.ReadLineAsync())!));
    }
}
