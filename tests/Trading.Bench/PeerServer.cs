using System.Buffers;
using System.Diagnostics;
using System.Globalization;
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

    private const int MostUnsent = 64 * 1024;
    private const string Database = "TRADING_BENCH_PEER_DATABASE";

    public static Task<PeerServer> Static(string file) => Start(null, "static", file);

    public static Task<PeerServer> Npgsql(string connection, string notice) => Start(connection, "npgsql", notice);

    public static Task<PeerServer> Feed(string connection, int items) => Start(connection, "feed", items.ToString(CultureInfo.InvariantCulture));

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
            ["feed", var items] => Paged(NpgsqlDataSource.Create(Environment.GetEnvironmentVariable(Database)!), long.Parse(items, CultureInfo.InvariantCulture)),
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

    private static RequestDelegate Paged(NpgsqlDataSource database, long items) => async http =>
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            "select position, hash, bytes, notice from log.leaf where position >= $1 and position < $2 order by position")
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = 0 }, new NpgsqlParameter<long> { TypedValue = items } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select size, split_part(note, chr(10), 3) from log.checkpoint where tree = 'sha256' and size >= $1 order by size limit 1")
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = items } },
        });
        await using var reader = await batch.ExecuteReaderAsync(http.RequestAborted);
        http.Response.ContentType = "application/json; charset=utf-8";
        var answer = http.Response.BodyWriter;
        answer.Write("["u8);
        while (await reader.ReadAsync(http.RequestAborted))
        {
            answer.Write(reader.GetFieldValue<byte[]>(2));
            answer.Write(","u8);
            if (reader.IsDBNull(3)) continue;
            answer.Write(reader.GetFieldValue<byte[]>(3));
            answer.Write(","u8);
            if (answer.UnflushedBytes > MostUnsent) await answer.FlushAsync(http.RequestAborted);
        }

        await reader.NextResultAsync(http.RequestAborted);
        await reader.ReadAsync(http.RequestAborted);
        answer.Write(Encoding.UTF8.GetBytes($"{{\"size\":{reader.GetInt64(0)},\"root\":\"{reader.GetString(1)}\"}}]"));
        await answer.FlushAsync(http.RequestAborted);
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
