using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Trading.Tests.Harness;

namespace Trading.Tests.Faults;

/// <summary>One node of the application, at one address and with files of its own, however often it is killed.</summary>
internal sealed class MortalApplication : IAsyncDisposable
{
    private static int started;

    private readonly Database database;
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("trading-mortal-");
    private readonly DirectoryInfo data;
    private Deployment deployment = null!;

    /// <summary>Which clock it sees; null for the machine's.</summary>
    private SteppedClock? clock;

    private MortalApplication(Database database)
    {
        this.database = database;
        data = directory.CreateSubdirectory("data");
        Address = new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}");
    }

    public Uri Address { get; }

    public static async Task<MortalApplication> Start(Database database)
    {
        var application = new MortalApplication(database);
        await application.Begin();
        return application;
    }

    /// <summary>Kills it outright and starts it again.</summary>
    /// <param name="sees">The clock it sees from then on, if not the machine's.</param>
    public async Task Kill(SteppedClock? sees = null)
    {
        await deployment.Running.Signal("KILL");
        await deployment.DisposeAsync();
        clock = sees;
        await Begin();
    }

    /// <summary>What it has written since it was started last.</summary>
    public string Output => deployment.Running.Output;

    /// <summary>Where it publishes the log.</summary>
    public string Published => In("log/public");

    public Client Client(string? role = null) => deployment.Client(role);

    /// <summary>A file beside its own, of whoever tests it.</summary>
    public string In(string name) => Path.Combine(directory.FullName, name);

    public async ValueTask DisposeAsync()
    {
        await deployment.DisposeAsync();
        directory.Delete(recursive: true);
    }

    private async Task Begin() => deployment = await Deployment.Start(
        database, data,
        [
            ("ASPNETCORE_URLS", Address.ToString()), ("Log__Directory", In("log")), ("Log__Fence", In("fence")),
            ("Log__Keys", Path.Combine(database.Log.FullName, "keys")), .. clock?.Environment ?? [],
        ]);

    /// <summary>One that is not given out for a moment to somebody else while the application is down: below the range of outgoing connections.</summary>
    private static int FreePort()
    {
        for (var port = 20000 + (Environment.ProcessId + 10 * Interlocked.Increment(ref started)) % 10000; ; port++)
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
