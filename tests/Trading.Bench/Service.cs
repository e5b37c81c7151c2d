using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using Npgsql;

namespace Trading.Bench;

/// <summary>The service as it is run, on an empty database of its own; beside it the database itself, for peers.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("trading-bench-").FullName;
    private Process process = null!;
    private int postmaster;
    private bool keepsAnswers;
    private string build = null!;

    public Uri Address { get; private set; } = null!;

    public string Token { get; private set; } = null!;

    /// <summary>How the database is reached, password and all.</summary>
    public string ConnectionString { get; private set; } = null!;

    /// <summary>With the same settings as the service's own connections.</summary>
    public NpgsqlDataSource Database { get; private set; } = null!;

    public TimeSpan Cpu => ProcessorTime.Of(process.Id);

    public TimeSpan PostgresCpu => ProcessorTime.OfFamily(postmaster);

    /// <param name="database">Its name.</param>
    /// <param name="keepsLog">Whether events are noted by the trigger, sequenced and published.</param>
    /// <param name="keepsAnswers">Whether it keeps answers in memory.</param>
    /// <param name="build">The assembly of another build; that of this one without.</param>
    public static async Task<Service> Start(string database = "bench", bool keepsLog = true, bool keepsAnswers = true, string? build = null)
    {
        var service = new Service { keepsAnswers = keepsAnswers, build = build ?? Variable("TRADING_BENCH_SERVICE") };
        await service.Launch(database, keepsLog);
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        if (Database is not null) await Database.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>Waits until the views have caught up with the events and the planner knows the tables, so that no slice pays for another.</summary>
    public async Task Settle()
    {
        await using var behind = Database.CreateCommand(
            "select (select coalesce(max(seq_id), 0) from events.mt_events) > (select min(last_seq_id) from events.mt_event_progression where name like 'boards%')");
        while (await behind.ExecuteScalarAsync() is true) await Task.Delay(50);
        await using var waiting = Database.CreateCommand("select exists (select from log.pending)");
        while (await waiting.ExecuteScalarAsync() is true) await Task.Delay(50);
        await using var analyze = Database.CreateCommand("analyze");
        await analyze.ExecuteNonQueryAsync();
    }

    private async Task Launch(string database, bool keepsLog)
    {
        var server = Variable("TRADING_TEST_SERVER");
        await using (var source = NpgsqlDataSource.Create(server))
        await using (var create = source.CreateCommand($"create database {database} owner trading_owner"))
            await create.ExecuteNonQueryAsync();

        var owner = new NpgsqlConnectionStringBuilder(server) { Database = database, Username = "trading_owner", Password = Variable("TRADING_TEST_OWNER_PASSWORD") };
        var application = new NpgsqlConnectionStringBuilder(owner.ConnectionString) { Username = "trading_app", Password = Variable("TRADING_TEST_APP_PASSWORD") };
        ConnectionString = new NpgsqlConnectionStringBuilder(owner.ConnectionString)
        {
            Timezone = "UTC", MaxAutoPrepare = 100, AutoPrepareMinUsages = 2, NoResetOnClose = true,
        }.ConnectionString;
        Database = NpgsqlDataSource.Create(ConnectionString);
        postmaster = int.Parse(Variable("TRADING_TEST_POSTMASTER"), System.Globalization.CultureInfo.InvariantCulture);
        Address = new Uri($"http://127.0.0.1:{FreePort()}");

        using (var migrate = Trading("migrate", application, owner, keepsLog))
        {
            await migrate.WaitForExitAsync();
            if (migrate.ExitCode is not 0) throw new InvalidOperationException($"The migration ended with {migrate.ExitCode}.");
        }

        if (!keepsLog)
        {
            await using var unnoted = Database.CreateCommand("alter table events.mt_events disable trigger note_events");
            await unnoted.ExecuteNonQueryAsync();
        }

        process = Trading("serve", application, owner, keepsLog);
        using var http = new HttpClient { BaseAddress = Address };
        while (!await IsReady(http))
        {
            if (process.HasExited) throw new InvalidOperationException($"The service ended with {process.ExitCode}.");
            await Task.Delay(100);
        }

        using var tokens = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(directory, "tokens.json")));
        Token = tokens.RootElement.GetProperty("publisher").GetString()!;
    }

    private Process Trading(string verb, NpgsqlConnectionStringBuilder application, NpgsqlConnectionStringBuilder owner, bool keepsLog) =>
        Process.Start(new ProcessStartInfo("dotnet", [build, verb])
        {
            WorkingDirectory = directory,
            Environment =
            {
                ["ConnectionStrings__Trading"] = application.ConnectionString,
                ["ConnectionStrings__Migration"] = owner.ConnectionString,
                ["Embedded__Directory"] = directory,
                ["Log__Sequencer"] = keepsLog ? "on" : "off",
                ["Delivery__Cache"] = keepsAnswers ? "on" : "off",
                ["ASPNETCORE_URLS"] = Address.ToString(),
                ["Limits__ReadsPerMinute"] = "100000000",
                ["Limits__WritesPerMinute"] = "100000000",
                ["Limits__Burst"] = "100000000",
                ["Logging__LogLevel__Default"] = "Warning",
            },
        })!;

    private static async Task<bool> IsReady(HttpClient http)
    {
        try
        {
            using var response = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set: start the measurements with ops/bench.");

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
