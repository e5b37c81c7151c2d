using System.Globalization;
using Npgsql;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>A PostgreSQL of its own, made and started as the scripts do it, that a test may kill.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private const string Serve =
        """
        set -euo pipefail
        source ops/postgres/cluster.sh
        tests=yes
        finish() { trap '' INT TERM HUP PIPE; set +e; end_step; cluster_close; }
        trap finish EXIT
        trap 'exit 130' INT TERM HUP PIPE
        claim "$1"
        cluster_open
        say "It answers."
        wait "$postgres"
        """;

    private const string List =
        """
        set -euo pipefail
        source ops/postgres/cluster.sh
        dir=$1
        cluster_place
        head -n 1 "$cluster/postmaster.pid"
        cluster_processes
        """;

    private static readonly TimeSpan patience = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo directory;
    private readonly bool ownsDirectory;
    private Running running;

    private Cluster(DirectoryInfo directory, bool ownsDirectory, Running running) =>
        (this.directory, this.ownsDirectory, this.running) = (directory, ownsDirectory, running);

    /// <summary>Where it lies, as the scripts know it by <c>--data</c>.</summary>
    public string Data => directory.FullName;

    /// <summary>Whether it has ended, killed or by itself.</summary>
    public bool HasEnded => running.HasEnded;

    /// <summary>What the server that the tests run on has written.</summary>
    public static IEnumerable<string> LogsOfTests
    {
        get
        {
            var cluster = Environment.GetEnvironmentVariable("TRADING_TEST_CLUSTER")!;
            return [.. System.IO.Directory.EnumerateFiles(Path.Combine(cluster, "log"))];
        }
    }

    /// <summary>Connection of the role that makes databases, to none in particular.</summary>
    public string Server => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = int.Parse(Read("postgres.port"), CultureInfo.InvariantCulture),
        Database = "postgres", Username = "trading_tester", Password = Secret("trading_tester"),
    }.ConnectionString;

    public string OwnerPassword => Secret("trading_owner");

    public string ApplicationPassword => Secret("trading_app");

    public static async Task<Cluster> Start()
    {
        var directory = Directory.CreateTempSubdirectory("trading-cluster-");
        if (!OperatingSystem.IsWindows()) directory.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;   // for the user PostgreSQL runs as
        return new Cluster(directory, ownsDirectory: true, await Begin(directory));
    }

    /// <summary>Starts one in a directory of the caller's.</summary>
    public static async Task<Cluster> Start(DirectoryInfo directory) => new(directory, ownsDirectory: false, await Begin(directory));

    /// <summary>Kills the postmaster and all its children at once; nothing is started again.</summary>
    public async Task Kill()
    {
        var processes = await Processes();
        await Running.Signal(processes, "KILL");
        await running.End(patience);
        await running.DisposeAsync();
    }

    /// <summary>Ends it as an operator does.</summary>
    public async Task Stop()
    {
        await running.Signal("TERM");
        await running.End(patience);
        await running.DisposeAsync();
    }

    /// <summary>Starts it again where it lay.</summary>
    public async Task Restart()
    {
        await running.DisposeAsync();
        running = await Begin(directory);
    }

    /// <summary>Deletes everything that PostgreSQL has stored, once it has ended.</summary>
    public void Lose()
    {
        Assert.True(HasEnded);
        var named = Path.Combine(Data, "postgres.path");
        Directory.Delete(File.Exists(named) ? File.ReadAllText(named).Trim() : Path.Combine(Data, "postgres"), recursive: true);
    }

    /// <summary>Kills one of the children; the postmaster ends the others and recovers by itself.</summary>
    public async Task KillChild(Random chance)
    {
        var processes = await Processes();
        var children = processes.Where(process => process != processes[0]).ToList();
        await Running.Signal([children[chance.Next(children.Count)]], "KILL");
    }

    public async ValueTask DisposeAsync()
    {
        await running.DisposeAsync();
        if (ownsDirectory) directory.Delete(recursive: true);
    }

    private static async Task<Running> Begin(DirectoryInfo directory)
    {
        var started = Running.Start("bash", ["-c", Serve, "cluster", directory.FullName], new Dictionary<string, string?>());
        await started.Until(output => output.Contains("It answers.", StringComparison.Ordinal) ? output : null, patience);
        return started;
    }

    /// <summary>The postmaster's id, and those of all processes at work in the cluster.</summary>
    private async Task<IReadOnlyList<int>> Processes()
    {
        await using var list = Running.Start("bash", ["-c", List, "cluster", directory.FullName], new Dictionary<string, string?>());
        await list.End(patience);
        return [.. list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
    }

    private string Secret(string role) => Read("secrets").Split('\n').Single(line => line.StartsWith($"{role}=", StringComparison.Ordinal))[(role.Length + 1)..];

    private string Read(string file) => File.ReadAllText(Path.Combine(directory.FullName, file));
}
