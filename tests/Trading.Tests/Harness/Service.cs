using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>
/// The service as it is built, in a process of its own, on a database of its own as the application's role: on a free port, with
/// the sandbox's clock.
/// </summary>
internal sealed partial class Service : IAsyncDisposable
{
    private readonly Database database;
    private readonly bool ownsDatabase;
    private readonly DirectoryInfo directory;
    private readonly Running running;
    private readonly JsonNode tokens;

    private Service(Database database, bool ownsDatabase, DirectoryInfo directory, Running running, Uri address)
    {
        (this.database, this.ownsDatabase, this.directory, this.running, Address) = (database, ownsDatabase, directory, running, address);
        tokens = JsonNode.Parse(File.ReadAllText(Path.Combine(directory.FullName, "tokens.json")))!;
    }

    public Uri Address { get; }

    public Database Database => database;

    /// <summary>What it has written so far.</summary>
    public string Log => running.Output;

    /// <summary>What the service needs to know of its database and its files, in its environment.</summary>
    public static Dictionary<string, string?> Environment(Database database, string directory) => new()
    {
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        ["ConnectionStrings__Trading"] = database.Application,
        ["ConnectionStrings__Migration"] = null,
        ["Embedded__Directory"] = directory,
        ["Log__Directory"] = database.Log.FullName,
        ["Vault__Keys"] = Path.Combine(database.Log.FullName, "vault"),
        ["Limits__Burst"] = "1000000",
    };

    /// <summary>Starts it on a fresh database, or on one that is given and outlives it.</summary>
    /// <param name="health">How it is once it answers.</param>
    /// <param name="watches">Whether it raises alerts, which take positions in the log when their time comes.</param>
    public static async Task<Service> Start(string purpose, Database? given = null, bool watches = false, string health = "healthy", params (string Name, string Value)[] settings)
    {
        var database = given ?? await Database.Create(purpose);
        var directory = Directory.CreateTempSubdirectory("trading-service-");
        var environment = Environment(database, directory.FullName);
        environment["Sandbox__Enabled"] = "true";
        environment["Supervision__Watch"] = watches ? "on" : "off";
        foreach (var (name, value) in settings) environment[name] = value;
        var running = Running.Start("dotnet", [Repository.Program, "serve"], environment);
        try
        {
            var address = await running.Until(log => Listening().Match(log) is { Success: true } match ? match.Groups[1].Value : null, TimeSpan.FromMinutes(3));
            var service = new Service(database, given is null, directory, running, new Uri(address));
            await service.Ready(health);
            return service;
        }
        catch
        {
            await running.DisposeAsync();
            if (given is null) await database.DisposeAsync();
            directory.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>A client with the token of a role, or of none.</summary>
    public Client Client(string? role = null) => new(Address, role is null ? null : (string)tokens[role]!);

    public async Task SetClock(string now) =>
        (await Client("operator").Post("/v1/sandbox/clock", new { now })).Expect(HttpStatusCode.OK);

    public async ValueTask DisposeAsync()
    {
        await running.DisposeAsync();
        if (ownsDatabase) await database.DisposeAsync();
        directory.Delete(recursive: true);
    }

    private async Task Ready(string health)
    {
        var answer = await Eventually.Get(Client(), "/health/ready", answer => answer.Status is HttpStatusCode.OK);
        Assert.Equal(health, (string?)answer.Json["status"]);
    }

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
