using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Faults;

/// <summary>One node of the application, at one address and with files of its own, that is started again however often it ends.</summary>
internal sealed class MortalApplication : IAsyncDisposable
{
    private static readonly TimeSpan beforeRestart = TimeSpan.FromMilliseconds(200), patience = TimeSpan.FromMinutes(3);
    private static int nodes;

    private readonly Database database;
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("trading-mortal-");
    private readonly DirectoryInfo data;
    private readonly ConcurrentQueue<string> earlier = [];
    private Running running;
    private SteppedClock? clock;
    private Task supervision = Task.CompletedTask;
    private JsonObject tokens = [];
    private volatile bool ends;

    private MortalApplication(Database database)
    {
        this.database = database;
        data = directory.CreateSubdirectory("data");
        Address = new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}");
        running = Begin();
    }

    public Uri Address { get; }

    /// <summary>Where it publishes the log.</summary>
    public string Published => In("log/public");

    /// <summary>The failures that it has logged, however often it has ended since.</summary>
    public IEnumerable<string> Failures => [.. earlier, .. FailuresOf(running)];

    public static async Task<MortalApplication> Start(Database database)
    {
        var application = new MortalApplication(database);
        await application.running.Until(output => output.Contains("Now listening on", StringComparison.Ordinal) ? output : null, patience);
        application.tokens = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(application.data.FullName, "tokens.json"), TestContext.Current.CancellationToken))!.AsObject();
        application.supervision = application.Supervise();
        return application;
    }

    /// <summary>Kills it outright, perhaps while it starts; it is started again.</summary>
    /// <param name="sees">The clock it sees from then on, if not the machine's.</param>
    public Task Kill(SteppedClock? sees = null)
    {
        clock = sees;
        return running.Signal("KILL");
    }

    /// <summary>Waits until it records and its lists follow, which it may be started anew for.</summary>
    public Task Ready() => Eventually.True(async () =>
    {
        try
        {
            return (await Client().Get("/health/ready")).Status is HttpStatusCode.OK;
        }
        catch (Exception down) when (down is HttpRequestException or IOException)
        {
            return false;
        }
    }, seconds: 180);

    public Client Client(string? role = null) => new(Address, role is null ? null : (string)tokens[role]!);

    /// <summary>A file beside its own, of whoever tests it.</summary>
    public string In(string name) => Path.Combine(directory.FullName, name);

    public async ValueTask DisposeAsync()
    {
        ends = true;
        await supervision;
        await running.DisposeAsync();
        directory.Delete(recursive: true);
    }

    private async Task Supervise()
    {
        using var pause = new PeriodicTimer(beforeRestart);
        while (await pause.WaitForNextTickAsync() && !ends)
        {
            if (!running.HasEnded) continue;
            await running.DisposeAsync();
            foreach (var failure in FailuresOf(running)) earlier.Enqueue(failure);
            running = Begin();
        }
    }

    private static IEnumerable<string> FailuresOf(Running run) => run.Output.Split('\n').Where(line => line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal));

    private Running Begin()
    {
        var environment = Service.Environment(database, data.FullName);
        foreach (var (name, value) in ((string Name, string? Value)[])
        [
            ("ASPNETCORE_URLS", Address.ToString()), ("Log__Directory", In("log")), ("Log__Fence", In("fence")),
            ("Log__Keys", Path.Combine(database.Log.FullName, "keys")), .. clock?.Environment ?? [],
        ])
            environment[name] = value;
        return Running.Start("dotnet", [Repository.Program, "serve"], environment);
    }

    /// <summary>One that is not given out for a moment to somebody else while the application is down: below the range of outgoing connections.</summary>
    private static int FreePort()
    {
        for (var port = 20000 + (Environment.ProcessId + 10 * Interlocked.Increment(ref nodes)) % 10000; ; port++)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // taken
            }
        }
    }
}
