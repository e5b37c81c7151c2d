using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>ops/run as a newcomer starts it, on a data directory and a port of its own.</summary>
internal sealed class RunScript : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Running running;

    private RunScript(Running running, DirectoryInfo directory, int port) =>
        (this.running, Directory, Port) = (running, directory, port);

    public DirectoryInfo Directory { get; }

    public int Port { get; }

    public string Output => running.Output;

    /// <summary>The program that answers; null when there is none.</summary>
    public int? Application => Child("dotnet");

    /// <summary>The server it has started; null when there is none.</summary>
    public int? Postgres => Child("postgres");

    /// <summary>A place for data that the cluster's user can enter.</summary>
    public static DirectoryInfo NewDirectory()
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("trading-run-");
        if (!OperatingSystem.IsWindows()) directory.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return directory;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts it and waits until it says that it answers.</summary>
    public static async Task<RunScript> Start(DirectoryInfo directory, string[] options, Database? server = null)
    {
        var port = FreePort();
        var script = new RunScript(Begin(directory, port, options, server), directory, port);
        await script.running.Until(output => output.Contains("Ctrl-C stops it", StringComparison.Ordinal) ? output : null, Patience);
        return script;
    }

    /// <summary>Starts it where it does not come far.</summary>
    public static Task<(int Code, string Output)> Fail(DirectoryInfo directory, int port, params string[] options) =>
        RunToEnd("ops/run", ["--data", directory.FullName, "--port", port.ToString(CultureInfo.InvariantCulture), .. options]);

    public static async Task<(int Code, string Output)> RunToEnd(string script, params string[] arguments)
    {
        await using var running = Running.Start(Repository.PathOf(script), arguments, Environment(null));
        return (await running.End(Patience), running.Output);
    }

    public Client Client(string? role = null)
    {
        var tokens = File.ReadAllText(Path.Combine(Directory.FullName, "tokens.json"));
        return new Client(
            new Uri($"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}"),
            role is null ? null : JsonDocument.Parse(tokens).RootElement.GetProperty(role).GetString());
    }

    /// <summary>Waits until a line was written.</summary>
    public Task<string> Says(string line) => running.Until(output => output.Contains(line, StringComparison.Ordinal) ? output : null, Patience);

    /// <summary>Waits until the service records and its lists follow.</summary>
    public Task Ready() => Eventually.True(IsReady, seconds: 120);

    /// <summary>Sends the script a signal and waits until nothing of it is left.</summary>
    public async Task<int> Stop(string signal)
    {
        int[] both = [.. new[] { Application, Postgres }.OfType<int>()];
        Assert.NotEmpty(both);
        await running.Signal(signal);
        return await Ended(both);
    }

    private async Task<bool> IsReady()
    {
        try
        {
            return (await Client().Get("/health/ready")).Status is HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;   // nothing listens yet
        }
    }

    public ValueTask DisposeAsync() => running.DisposeAsync();

    private static Running Begin(DirectoryInfo directory, int port, string[] options, Database? server) => Running.Start(
        Repository.PathOf("ops", "run"),
        ["--data", directory.FullName, "--port", port.ToString(CultureInfo.InvariantCulture), .. options], Environment(server));

    private static Dictionary<string, string?> Environment(Database? server) => new()
    {
        ["ConnectionStrings__Trading"] = server?.Application,
        ["ConnectionStrings__Migration"] = server?.Owner,
    };

    private async Task<int> Ended(int[] processes)
    {
        var code = await running.End(TimeSpan.FromSeconds(60));
        foreach (var process in processes) Assert.False(System.IO.Directory.Exists($"/proc/{process}"), $"process {process} lives on\n{Output}");
        return code;
    }

    private int? Child(string name) => System.IO.Directory.GetDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
        .Where(id => id > 0 && Status(id) is { } status && status.Contains($"\nPPid:\t{running.Id}\n", StringComparison.Ordinal) && status.StartsWith($"Name:\t{name}\n", StringComparison.Ordinal))
        .Select(id => (int?)id).FirstOrDefault();

    private static string? Status(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/status");
        }
        catch (IOException)
        {
            return null;   // it has just ended
        }
    }
}
