using System.Net;
using Trading.Log.Notes;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>What nodes must share, compared when another node starts on the database of the first.</summary>
public sealed class SharingTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("trading-sharing-");

    [Fact]
    public async Task a_node_with_other_keys_or_another_name_does_not_start_and_makes_no_key()
    {
        await using var database = await Database.Create("sharing");
        await using (var first = await Deployment.Start(database))
        {
            var body = Routes.Register.Set("/initiator/contact", new System.Text.Json.Nodes.JsonObject { ["name"] = "张工", ["phone"] = "0717-0000000" });
            (await first.Client("publisher").PostText("/v1/procedures", body)).Expect(HttpStatusCode.Created);
            await Eventually.Get(first.Client(), "/log/checkpoint", answer => answer.Status is HttpStatusCode.OK && answer.Body.Split('\n')[1] is "1");
        }

        var (code, output) = await Start(database, ("Log__Keys", In("keys")));
        Assert.Equal(2, code);
        Assert.Contains("Log:Keys has none of the keys that signed the last checkpoint", output, StringComparison.Ordinal);
        Assert.Contains("All nodes share Log:Keys.", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(In("keys")));

        Directory.CreateDirectory(In("others"));
        KeyFile.Create(In("others/ed25519.private"), "trading.local/log", NoteAlgorithm.Ed25519);
        Assert.Equal(2, (await Start(database, ("Log__Keys", In("others")))).Code);

        (code, output) = await Start(database, ("Log__Origin", "elsewhere.example/log"));
        Assert.Equal((2, true), (code, output.Contains("Log:Origin is elsewhere.example/log", StringComparison.Ordinal)));

        (code, output) = await Start(database, ("Vault__Keys", In("vault")));
        Assert.Equal((2, true), (code, output.Contains("Vault:Keys has no key", StringComparison.Ordinal)));
        Assert.False(Directory.Exists(In("vault")));

        await using (var second = await Deployment.Start(database))
            await Eventually.Get(second.Client(), "/health/ready", answer => answer.Status is HttpStatusCode.OK);

        await using (var owner = database.OpenAsOwner())
        await using (var junk = owner.CreateCommand("insert into log.checkpoint (tree, size, note, number) select tree, 1000000000000, replace(note, 'trading.local/', 'elsewhere.example/'), number + 1 from log.checkpoint where tree = 'sha256' order by size desc limit 1"))
            await junk.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var third = await Deployment.Start(database);   // what stands above the checkpoints of the log keeps no node from starting
        (await third.Client().Get("/health/live")).Expect(HttpStatusCode.OK);
    }

    public void Dispose() => directory.Delete(recursive: true);

    private async Task<(int Code, string Output)> Start(Database database, (string Name, string Value) setting)
    {
        var environment = Service.Environment(database, directory.CreateSubdirectory("embedded").FullName);
        environment[setting.Name] = setting.Value;
        return await Running.Verb("serve", environment);
    }

    private string In(string path) => Path.Combine(directory.FullName, path);
}
