using System.Text.RegularExpressions;
using Trading.Log.Notes;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>The program as a witness, in a process of its own. Its directory outlives it, so that another can take its place.</summary>
internal sealed partial class WitnessProcess : IAsyncDisposable
{
    private static readonly HttpClient http = new();
    private readonly Running running;

    private WitnessProcess(Running running, Uri address, VerifierKey key) => (this.running, Address, Key) = (running, address, key);

    public Uri Address { get; }

    public VerifierKey Key { get; }

    /// <param name="directory">Gets the key, unless it has one.</param>
    public static async Task<WitnessProcess> Start(string directory, string url, params VerifierKey[] logs)
    {
        const string name = "witness.example";
        var file = Path.Combine(directory, "key");
        if (!File.Exists(file)) Assert.Equal(0, (await Running.Verb(["log-key", file, name, "cosignature"], new Dictionary<string, string?>())).Code);
        var running = Running.Start("dotnet", [Repository.Program, "witness"], Environment(directory, url, name, logs));
        try
        {
            var address = await running.Until(log => Listening().Match(log) is { Success: true } match ? match.Groups[1].Value : null, TimeSpan.FromMinutes(3));
            return new WitnessProcess(running, new Uri(address), KeyFile.Read(file).Key);
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    public static Dictionary<string, string?> Environment(string directory, string url, string name, params VerifierKey[] logs)
    {
        var environment = new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = url,
            ["Witness__Name"] = name,
            ["Witness__Key"] = Path.Combine(directory, "key"),
            ["Witness__Directory"] = Path.Combine(directory, "state"),
        };
        for (var i = 0; i < logs.Length; i++) environment[$"Witness__Logs__{i}"] = logs[i].ToString();
        return environment;
    }

    /// <summary>Sends text to be cosigned.</summary>
    public async Task<(int Status, string? MediaType, string Body)> Add(string text)
    {
        using var content = new StringContent(text);
        using var response = await http.PostAsync(new Uri(Address, "add-checkpoint"), content, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public Task<string> Get(string path) => http.GetStringAsync(new Uri(Address, path), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => running.DisposeAsync();

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
