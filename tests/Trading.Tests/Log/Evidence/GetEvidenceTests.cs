using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Trading.Ops;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Trading.Vault;
using Xunit;

namespace Trading.Tests.Log.Evidence;

[Collection(TradingApp.Collection)]
public sealed partial class GetEvidenceTests(TradingApp app, Scene scene) : IClassFixture<Scene>
{
    private static readonly HttpClient http = new();

    [Fact]
    public async Task independent_code_accepts_every_receipt_and_what_was_withheld_is_what_was_committed_to()
    {
        using var evidence = await Evidence(Scene.Objected);
        var key = (await File.ReadAllLinesAsync(evidence.In("keys"), TestContext.Current.CancellationToken))[0];
        var entries = evidence.Names("entry");
        Assert.Equal(3, entries.Count);
        var committed = 0;
        foreach (var position in entries)
        {
            Assert.StartsWith($"entry {position} of ", await GoTlog.Accepts("receipt", key, evidence.In($"proof/{position}"), evidence.In($"entry/{position}")), StringComparison.Ordinal);
            var entry = evidence.Json($"entry/{position}");
            var e = evidence.Json($"event/{position}.json");
            Assert.Equal((string?)entry["eventId"], (string?)e["eventId"]);
            Assert.Equal("publisher", (string?)e["metadata"]!["user"]);
            Assert.Equal((string?)entry["metadata"], Commitment.Digest(evidence.Text($"opening/{position}.metadata")));
            if (entry["commitment"] is not { } commitment)
            {
                Assert.True(JsonNode.DeepEquals(entry["notice"], e["data"]));
                continue;
            }

            committed++;
            Assert.Equal((string?)commitment, Commitment.Digest(evidence.Text($"opening/{position}.commitment")));
            Assert.Contains("对招标文件提出异议", Opened(evidence.Text($"opening/{position}.commitment"))[2]!["data"]!["summary"]!.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(1, committed);
        await GoTlog.Refuses("receipt", key, evidence.In($"proof/{entries[0]}"), evidence.In($"entry/{entries[1]}"));
    }

    [Fact]
    public async Task the_commands_it_comes_with_find_nothing_until_something_is_changed()
    {
        using var evidence = await Evidence(Scene.Objected);
        var commands = Commands().Matches(evidence.Text("README.md")).Select(m => m.Groups["command"].Value).Where(c => !c.Contains("tlog", StringComparison.Ordinal) && !c.StartsWith("ops/", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, commands.Count);
        foreach (var command in commands) Assert.Equal("", await Shell(command, evidence.Directory));

        var opening = Directory.GetFiles(evidence.In("opening"))[0];
        await File.AppendAllTextAsync(opening, "x", TestContext.Current.CancellationToken);
        Assert.Equal($"{Path.GetRelativePath(evidence.Directory, opening)}: refused", (await Shell(commands[0], evidence.Directory)).Trim());

        var member = Directory.GetFiles(evidence.In("member"))[0];
        await File.AppendAllTextAsync(member, "x\n", TestContext.Current.CancellationToken);
        Assert.Equal($"{Path.GetRelativePath(evidence.Directory, member)}: refused", (await Shell(commands[1], evidence.Directory)).Trim());
    }

    [Fact]
    public async Task only_the_supervisors_of_its_region_get_it()
    {
        var path = scene.Path(Routes.GetEvidence, Scene.Objected);
        var cases = new (string Who, string? Role, string Region, HttpStatusCode Status)[]
        {
            ("nobody", null, "", HttpStatusCode.Unauthorized), ("its publisher", "publisher", "*", HttpStatusCode.Forbidden), ("reviewer", "reviewer", "*", HttpStatusCode.Forbidden),
            ("operator", "operator", "*", HttpStatusCode.Forbidden), ("supervisor of its city", "supervisor", "4205", HttpStatusCode.OK),
            ("supervisor of another region", "supervisor", "43", HttpStatusCode.NotFound), ("supervisor of nowhere", "supervisor", "", HttpStatusCode.NotFound),
        };
        foreach (var (who, role, region, status) in cases)
        {
            using var answer = await Ask(path, role, region);
            Assert.True(answer.StatusCode == status, $"{who} gets {(int)answer.StatusCode}");
            if (status is HttpStatusCode.OK) Assert.Equal("no-store, private", string.Join(", ", answer.Headers.CacheControl!.ToString().Split(", ").Order(StringComparer.Ordinal)));
        }

        using var unknown = await Ask(scene.Path(Routes.GetEvidence, Scene.Nowhere), "supervisor", "*");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    /// <summary>Asked for until everything in it has been published.</summary>
    private async Task<Unpacked> Evidence(string place)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(TimeSpan.FromSeconds(20));
        while (await tick.WaitForNextTickAsync(bound.Token))
        {
            using var answer = await Ask(scene.Path(Routes.GetEvidence, place), "supervisor", "*");
            Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
            var unpacked = new Unpacked(await answer.Content.ReadAsStreamAsync(bound.Token));
            if (unpacked.Names("unpublished").Count is 0) return unpacked;
            unpacked.Dispose();
        }

        throw new TimeoutException("It was never published.");
    }

    private async Task<HttpResponseMessage> Ask(string path, string? role, string region)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Address, path));
        if (role is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", app.Key.Token(role, role, LocalKey.CentreCode, LocalKey.CentreName, region));
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static JsonArray Opened(string opening) =>
        JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(opening))!.AsArray();

    private static async Task<string> Shell(string command, string directory)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory })!;
        var errors = bash.StandardError.ReadToEndAsync();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output + await errors;
    }

    private sealed class Unpacked : IDisposable
    {
        public Unpacked(Stream zip) => ZipFile.ExtractToDirectory(zip, Directory);

        public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("trading-evidence-").FullName;

        public string In(string name) => Path.Combine(Directory, name);

        public string Text(string name) => File.ReadAllText(In(name));

        public JsonNode Json(string name) => JsonNode.Parse(Text(name))!;

        public IReadOnlyList<string> Names(string folder) =>
            System.IO.Directory.Exists(In(folder)) ? [.. System.IO.Directory.GetFiles(In(folder)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)] : [];

        public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
    }

    [GeneratedRegex("```\n(?<command>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Commands();
}
