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

    public static Task<PeerServer> Npgsql(string connection, string notice) => Start(connection, "npgsql", notice);

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
            ["npgsql", var notice] => Asked(NpgsqlDataSource.Create(Environment.GetEnvironmentVariable(Database)!), Guid.Parse(notice)),
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

    private static RequestDelegate Asked(NpgsqlDataSource database, Guid notice) => async http =>
    {
        await using var command = database.CreateCommand(
            """
            select e.data::text, (p.data -> 'notices')::text,
                   array_to_json(array(select position from log.leaf where stream = e.stream_id order by version))::text,
                   (select coalesce(json_agg(json_build_object('digest', digest, 'key', key, 'ciphertext', encode(ciphertext, 'base64'))), '[]')::text from vault.opening
                    where digest = any(array(select jsonb_path_query(e.data, '$.**._sd[*]') #>> '{}')))
            from events.mt_events e join views.mt_doc_procedurepage p on p.id = e.stream_id
            where e.id = $1
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = notice });
        await using var reader = await command.ExecuteReaderAsync(http.RequestAborted);
        await reader.ReadAsync(http.RequestAborted);
        var answer = new StringBuilder("[");
        for (var column = 0; column < reader.FieldCount; column++) answer.Append(column > 0 ? "," : "").Append(reader.GetString(column));
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
