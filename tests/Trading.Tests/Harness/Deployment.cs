using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Trading.Tests.Harness;

/// <summary>The service in a process of its own as an operator deploys it, with the test's own settings and no sandbox.</summary>
internal sealed partial class Deployment : IAsyncDisposable
{
    private readonly DirectoryInfo directory;
    private readonly bool ownsDirectory;

    private Deployment(DirectoryInfo directory, bool ownsDirectory, Running running, Uri address)
    {
        (this.directory, this.ownsDirectory, Running, Address) = (directory, ownsDirectory, running, address);
        var (tokens, key) = (Path.Combine(directory.FullName, "tokens.json"), Path.Combine(directory.FullName, "signing.key"));
        Tokens = File.Exists(tokens) ? JsonNode.Parse(File.ReadAllText(tokens))!.AsObject() : [];   // beside an authority there are none
        SigningKey = File.Exists(key) ? File.ReadAllBytes(key) : [];
    }

    public Running Running { get; }

    /// <summary>Where its own tokens and their key lie.</summary>
    public string Directory => directory.FullName;

    public Uri Address { get; }

    public JsonObject Tokens { get; }

    public byte[] SigningKey { get; }

    public static Task<Deployment> Start(Database database, params (string Name, string? Value)[] settings) =>
        Start(database, System.IO.Directory.CreateTempSubdirectory("trading-deployment-"), ownsDirectory: true, settings);

    /// <summary>Starts it where another has been, whose tokens hold on.</summary>
    public static Task<Deployment> Start(Database database, DirectoryInfo directory, params (string Name, string? Value)[] settings) =>
        Start(database, directory, ownsDirectory: false, settings);

    /// <summary>A client with a token from elsewhere.</summary>
    public Client With(string token) => new(Address, token);

    public Client Client(string? role = null) => new(Address, role is null ? null : (string)Tokens[role]!);

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        directory.Refresh();
        if (ownsDirectory && directory.Exists) directory.Delete(recursive: true);
    }

    private static async Task<Deployment> Start(Database database, DirectoryInfo directory, bool ownsDirectory, (string Name, string? Value)[] settings)
    {
        var environment = Service.Environment(database, directory.FullName);
        foreach (var (name, value) in settings) environment[name] = value;
        var running = Running.Start("dotnet", [Repository.Program, "serve"], environment);
        try
        {
            var address = await running.Until(log => Listening().Match(log) is { Success: true } match ? match.Groups[1].Value : null, TimeSpan.FromSeconds(180));
            return new Deployment(directory, ownsDirectory, running, new Uri(address));
        }
        catch
        {
            await running.DisposeAsync();
            if (ownsDirectory) directory.Delete(recursive: true);
            throw;
        }
    }

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
