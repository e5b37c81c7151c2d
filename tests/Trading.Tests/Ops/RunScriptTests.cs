using System.Net;
using System.Text.Json.Nodes;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops;

public sealed class RunScriptTests : IDisposable
{
    private const string Procedure = """
        {
          "category": "other", "classCode": "Z01", "title": "示例项目", "regionCode": "420500", "method": "other", "statutory": false,
          "initiator": {"name": "示例市教育局"}, "lots": [{"lotId": "1", "title": "示例标的"}]
        }
        """;

    private readonly DirectoryInfo directory = RunScript.NewDirectory();

    [Fact]
    public async Task runs_with_three_procedures_imports_history_and_keeps_both()
    {
        await using (var first = await RunScript.Start(directory, []))
        {
            Assert.Equal(3, (await Listed(first, 3)).Count);
            Assert.All(await Listed(first, 3), item => Assert.Equal("complete", (string?)item!["status"]));
            (await first.Client("operator").Post("/v1/sandbox/clock", new { now = "2027-01-01T00:00:00+08:00" })).Refused(HttpStatusCode.NotFound, "not-found");

            var (code, output) = await RunScript.Fail(directory, RunScript.FreePort());
            Assert.Equal((1, true), (code, output.Contains("already running on", StringComparison.Ordinal)));
            await ReadmeExamples.Hold("README.md", first);
            await ReadmeExamples.Hold("README.zh-CN.md", first);
            await ImportsHistory(first);
            IsClosedToOthers();

            Assert.Equal(0, await first.Stop("TERM"));
            Assert.False(File.Exists(Path.Combine(directory.FullName, "postgres", "postmaster.pid")));
        }

        await using var second = await RunScript.Start(directory, []);
        Assert.Equal(6, (await Listed(second, 6)).Count);
        Assert.DoesNotContain("Creating the database cluster", second.Output, StringComparison.Ordinal);
        Assert.Equal(0, await second.Stop("INT"));
        Assert.False(File.Exists(Path.Combine(directory.FullName, "postgres", "postmaster.pid")));
    }

    [Fact]
    public async Task restarts_either_process_that_is_killed_and_loses_nothing_acknowledged()
    {
        List<string> acknowledged = [];
        await using var run = await RunScript.Start(directory, ["--empty", "--sandbox"]);
        Assert.Empty(await Listed(run, 0));
        (await run.Client("operator").Post("/v1/sandbox/clock", new { now = "2027-01-01T00:00:00+08:00" })).Expect(HttpStatusCode.OK);
        var (application, postgres) = (run.Application!.Value, run.Postgres!.Value);

        await PostUntil(run, acknowledged, () => Running.Signal(application, "KILL"));
        await run.Says("application ended with code 137; restarting it in 1 s");
        await run.Says("application restarted");
        await run.Ready();
        await AllThere(run, acknowledged);
        Assert.Equal(postgres, run.Postgres);
        application = run.Application!.Value;

        await PostUntil(run, acknowledged, () => Running.Signal(postgres, "KILL"));
        await run.Says("postgres ended with code 137; restarting it in 1 s");
        await run.Says("postgres restarted");
        await run.Ready();
        await AllThere(run, acknowledged);
        Assert.Equal(application, run.Application);
        Assert.Equal(0, await run.Stop("TERM"));
    }

    [Fact]
    public async Task uses_the_server_it_is_given_and_starts_none()
    {
        await using var server = await Database.Create("given", migrate: false);
        await using var run = await RunScript.Start(directory, ["--empty"], server);

        Assert.Null(run.Postgres);
        Assert.False(Directory.Exists(Path.Combine(directory.FullName, "postgres")));
        (await run.Client("publisher").PostText("/v1/procedures", Procedure)).Expect(HttpStatusCode.Created);
        await using (var source = server.OpenAsOwner())
        await using (var count = source.CreateCommand("select count(*) from events.mt_streams"))
            Assert.Equal(1L, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));

        var (code, output) = await RunScript.Fail(directory.CreateSubdirectory("other"), run.Port);
        Assert.Equal((1, true), (code, output.Contains($"port {run.Port} is in use", StringComparison.Ordinal)));
        Assert.Equal(0, await run.Stop("TERM"));
    }

    [Theory]
    [InlineData("no such option: --demonstration", "--demonstration")]
    [InlineData("--port wants a number", "--port", "seventy")]
    [InlineData("--port wants a number", "--port", "65536")]
    [InlineData("--port wants a number", "--port")]
    [InlineData("--data wants a directory", "--data", "")]
    public async Task says_what_is_wrong_with_an_option(string message, params string[] options)
    {
        var (code, output) = await RunScript.RunToEnd("ops/run", options);

        Assert.Equal((1, true), (code, output.Contains(message, StringComparison.Ordinal)));
    }

    public void Dispose() => directory.Delete(recursive: true);

    /// <summary>Logs are for the user and its group, at most, and so is every directory; keys are for the user alone.</summary>
    private void IsClosedToOthers()
    {
        const UnixFileMode others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute, group = UnixFileMode.GroupWrite;
        if (OperatingSystem.IsWindows()) return;
        var logs = directory.GetFiles("*.log*");
        Assert.Superset(new HashSet<string> { "trading.log", "postgres.log", "step.log" }, logs.Select(file => file.Name).ToHashSet());
        Assert.All((FileSystemInfo[])[directory, .. directory.GetDirectories(), .. logs], entry => Assert.True((entry.UnixFileMode & (others | group)) is 0, $"{entry} {entry.UnixFileMode}"));
        foreach (var keys in (string[])["log/keys", "log/fence", "vault"])
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(Path.Combine(directory.FullName, keys)).UnixFileMode);
    }

    private async Task ImportsHistory(RunScript run)
    {
        var file = Path.Combine(directory.FullName, "history.jsonl");
        string Line(string source, string until = "09") => $$"""
            {"sourceId": "{{source}}", "regionCode": "420500", "category": "engineering", "noticeType": "candidates-publicised", "title": "旧公告", "publishedOn": "2024-05-06", "projectName": "旧项目", "publicityStart": "2024-05-06T08:00:00+08:00", "publicityEnd": "2024-05-{{until}}T18:00:00+08:00", "candidates": [{"rank": 1, "name": "甲公司", "priceText": "120万元"}]}
            """;
        await File.WriteAllTextAsync(file, $"{Line("1")}\n{{\n{Line("2", "10")}\n", TestContext.Current.CancellationToken);
        string[] arguments = ["--url", run.Client().Address.ToString(), "--data", directory.FullName, file];

        var (code, output) = await RunScript.RunToEnd("ops/import-legacy", arguments);
        Assert.Equal((1, true), (code, output.Contains("2 of 3 lines landed, 0 were there, 1 refused", StringComparison.Ordinal)));
        Assert.Contains("line 2: ", output, StringComparison.Ordinal);
        Assert.Contains("R-T-10 (E) compliant: 2", output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, $"{Line("1")}\n{Line("2", "10")}\n", TestContext.Current.CancellationToken);
        (code, output) = await RunScript.RunToEnd("ops/import-legacy", arguments);
        Assert.Equal((0, true), (code, output.Contains("0 of 2 lines landed, 2 were there, 0 refused", StringComparison.Ordinal)));
    }

    /// <summary>Posts one procedure after the other; in their midst something happens after which none is taken any more.</summary>
    private static async Task PostUntil(RunScript run, List<string> acknowledged, Func<Task> happens)
    {
        var publisher = run.Client("publisher");
        var before = acknowledged.Count;
        var posting = Task.Run(async () =>
        {
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));   // all of them fit on a page of the list
            while (await pace.WaitForNextTickAsync())
            {
                try
                {
                    var answer = await publisher.PostText("/v1/procedures", Procedure);
                    if (answer.Status is not HttpStatusCode.Created) return;
                    lock (acknowledged) acknowledged.Add(answer.Headers["Location"]);
                }
                catch (HttpRequestException)
                {
                    return;
                }
            }
        });
        await Eventually.True(() =>
        {
            lock (acknowledged) return Task.FromResult(acknowledged.Count >= before + 20 || posting.IsCompleted);
        });
        Assert.False(posting.IsCompleted, "nothing is taken although nothing has happened");
        await happens();
        await posting;
    }

    private static async Task AllThere(RunScript run, List<string> acknowledged)
    {
        await run.Ready();
        foreach (var location in acknowledged) (await run.Client().Get(location)).Expect(HttpStatusCode.OK);
        Assert.InRange((await Listed(run, acknowledged.Count)).Count, acknowledged.Count, acknowledged.Count + 2);   // one in flight at each kill
    }

    /// <summary>Of asking for a list: faster, the bucket of this address would soon be empty, and owe as much again.</summary>
    private static readonly TimeSpan pace = TimeSpan.FromMilliseconds(500);

    private static async Task<JsonArray> Listed(RunScript run, int atLeast)
    {
        Answer? list = null;
        try
        {
            await Eventually.True(
                async () =>
                {
                    await Task.Delay(pace, TestContext.Current.CancellationToken);
                    list = await run.Client().Get("/v1/procedures?limit=200");
                    return list.Status is HttpStatusCode.OK && list.Json["items"]!.AsArray().Count >= atLeast;
                },
                seconds: 60);
        }
        catch (Xunit.Sdk.FailException late)
        {
            Assert.Fail($"{late.Message} {atLeast} were acknowledged; {(await run.Client().Get("/health/ready")).Body} {list!.Body} {run.Output} {await File.ReadAllTextAsync(Path.Combine(run.Directory.FullName, "trading.log"), TestContext.Current.CancellationToken)}");
        }

        return list!.Json["items"]!.AsArray();
    }
}
