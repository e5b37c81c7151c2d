using System.Globalization;
using System.Net;
using Npgsql;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>
/// The drill: run, post, back up, post more, lose the cluster, restore. The latest state goes on where the log was; an older one is noticed
/// and refused by the fence.
/// </summary>
public sealed class BackupTests
{
    [Fact]
    public async Task what_was_lost_comes_back_up_to_the_latest_segment_or_to_a_moment()
    {
        var (directory, backups) = (RunScript.NewDirectory(), RunScript.NewDirectory());
        var posted = new List<string>();
        string moment;
        await using (var run = await RunScript.Start(directory, ["--empty"]))
        {
            posted.Add(await Post(run, 1));
            Assert.Contains("holds what was committed until", await Ops("ops/backup", "--to", backups.FullName, "--data", directory.FullName), StringComparison.Ordinal);
            posted.Add(await Post(run, 2));
            moment = await Ask(run, "select now()::text");
            posted.Add(await Post(run, 3));
            var segment = await SwitchSegment(directory);
            await Eventually.True(() => Task.FromResult(File.Exists(Path.Combine(backups.FullName, "wal", $"{segment.Trim()}.gz"))), seconds: 60);
            await Running.Signal(run.Postgres!.Value, "KILL");
            Assert.Equal(0, await run.Stop("TERM"));
        }

        Directory.Delete(ClusterOf(directory), recursive: true);
        Assert.Contains("has 3 entries; 3 were published", await Ops("ops/restore", "--data", directory.FullName), StringComparison.Ordinal);
        await using (var run = await RunScript.Start(directory, ["--empty"]))
        {
            foreach (var path in posted) (await run.Client().Get(path)).Expect(HttpStatusCode.OK);
            posted.Add(await Post(run, 4));
            Assert.Contains("4 entries, ", await Ops("ops/verify", "--data", directory.FullName, "--database"), StringComparison.Ordinal);
            Assert.Equal(0, await run.Stop("INT"));
        }

        Assert.Contains("older than the last published checkpoint", await Ops("ops/restore", "--data", directory.FullName, "--time", moment), StringComparison.Ordinal);
        await using (var cluster = Running.Start("bash", ["-c", Serve, "serve", directory.FullName], new Dictionary<string, string?>()))
        {
            await cluster.Until(output => output.Contains("It answers.", StringComparison.Ordinal) ? output : null, TimeSpan.FromMinutes(2));
            var address = new Uri($"http://127.0.0.1:{RunScript.FreePort()}");
            await using var service = Running.Start("dotnet", [Repository.Program, "serve"], new Dictionary<string, string?>
            {
                ["ASPNETCORE_URLS"] = address.ToString(), ["ConnectionStrings__Trading"] = Connection(directory, "trading_app"), ["Embedded__Directory"] = directory.FullName,
            });
            await service.Until(output => output.Contains("Now listening on", StringComparison.Ordinal) ? output : null, TimeSpan.FromMinutes(2));
            var anyone = new Client(address, null);
            await Eventually.Get(anyone, "/health/ready", answer => (string?)answer.Json["facts"]?["log"] is "unhealthy");
            foreach (var path in posted.Take(2)) (await anyone.Get(path)).Expect(HttpStatusCode.OK);
            foreach (var path in posted.Skip(2)) (await anyone.Get(path)).Expect(HttpStatusCode.NotFound);
        }

        // What came after the moment has not been overwritten: it lies on the timeline before this restore.
        Assert.Contains("has 4 entries; 4 were published", await Ops("ops/restore", "--data", directory.FullName, "--timeline", "2"), StringComparison.Ordinal);
        directory.Delete(recursive: true);
        backups.Delete(recursive: true);
    }

    private const string Serve =
        """
        set -euo pipefail
        source ops/postgres/cluster.sh
        finish() { trap '' INT TERM HUP PIPE; set +e; end_step; cluster_close; }
        trap finish EXIT
        trap 'exit 130' INT TERM HUP PIPE
        claim "$1"
        cluster_open
        say "It answers."
        wait "$postgres"
        """;

    private const string Switch =
        """
        set -euo pipefail
        source ops/postgres/cluster.sh
        dir=$1
        cluster_place; cluster_find; cluster_user
        as_user "$cluster" "$binaries/psql" -X -q -At -h /proc/self/cwd -p "$(<"$dir/postgres.port")" -d postgres -c 'select pg_walfile_name(pg_switch_wal())'
        """;

    /// <summary>Registers a procedure and waits until the log has published it.</summary>
    private static async Task<string> Post(RunScript run, int size)
    {
        var receipt = (await run.Client("publisher").PostText("/v1/procedures", Routes.Engineering("001"))).Expect(HttpStatusCode.Created).Json;
        await Eventually.Get(run.Client(), "/log/checkpoint", answer => answer.Body.Split('\n')[1] == size.ToString(CultureInfo.InvariantCulture));
        return $"/v1/procedures/{receipt["procedureId"]}";
    }

    private static async Task<string> Ops(string script, params string[] arguments)
    {
        var (code, output) = await RunScript.RunToEnd(script, arguments);
        Assert.True(code is 0, output);
        return output;
    }

    /// <returns>The segment of the write-ahead log that is full now, and so is archived.</returns>
    private static async Task<string> SwitchSegment(DirectoryInfo directory)
    {
        await using var script = Running.Start("bash", ["-c", Switch, "switch", directory.FullName], new Dictionary<string, string?>());
        Assert.True(await script.End(TimeSpan.FromMinutes(1)) is 0, script.Output);
        return script.Output;
    }

    private static async Task<string> Ask(RunScript run, string question)
    {
        await using var owner = NpgsqlDataSource.Create(Connection(run.Directory, "trading_owner"));
        await using var command = owner.CreateCommand(question);
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static string Connection(DirectoryInfo directory, string role) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = int.Parse(File.ReadAllText(Path.Combine(directory.FullName, "postgres.port")), CultureInfo.InvariantCulture),
        Database = "trading", Username = role, Pooling = role is not "trading_owner",
        Password = File.ReadAllLines(Path.Combine(directory.FullName, "secrets")).Single(line => line.StartsWith($"{role}=", StringComparison.Ordinal))[(role.Length + 1)..],
    }.ConnectionString;

    private static string ClusterOf(DirectoryInfo directory) =>
        Path.Combine(directory.FullName, "postgres.path") is var named && File.Exists(named) ? File.ReadAllText(named).Trim() : Path.Combine(directory.FullName, "postgres");
}
