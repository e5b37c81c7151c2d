using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;
using Trading.Events;
using Trading.Http;
using Trading.Intake;
using Trading.Kernel;
using Trading.Store;
using Trading.Watch;

namespace Trading.Ops;

/// <summary>
/// Fills an empty database with three complete procedures of three categories, posted over HTTP as any centre posts, in the time they
/// tell of. Every posting has its own key, so that a run that was interrupted is taken up where it stopped.
/// </summary>
public static class Demonstration
{
    /// <summary>As whom it posts: a database with anyone else's events is left alone.</summary>
    private const string Subject = "demonstration";

    private const string Reviewer = "示例市公共资源交易中心保密审查员";

    /// <returns>0 when the procedures are there or have no place in this database, 1 when the service refused one of their notices.</returns>
    public static async Task<int> Run()
    {
        var settings = Settings.Read(Composition.Configuration());
        if (settings.Embedded is not { } directory)
        {
            Console.Error.WriteLine("The demonstration set is for an embedded start: Embedded:Directory is not set.");
            return 2;
        }

        var scenes = DemonstrationScene.ReadAll();
        if (!await IsWanted(settings.Database, scenes.Count)) return 0;
        await using (var owner = NpgsqlDataSource.Create(settings.Migration)) await Migration.MarkTrial(owner);   // its notices are dated when they tell of

        var clock = new Clock();
        await using var app = Composition.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Sandbox:Enabled"] = "false",
                ["Projections:Daemon"] = "off",
                ["Supervision:Watch"] = "off",   // it would run beside, in a time that jumps
                ["Logging:LogLevel:Default"] = "Warning",
            });
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton<TimeProvider>(clock);
        });
        await app.StartAsync();
        using var http = new HttpClient
        {
            BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", new LocalKey(directory).Token(Subject, Role.Publisher, LocalKey.CentreCode, LocalKey.CentreName, RegionPrefix.Everywhere.ToString()));

        var ids = new Dictionary<string, string>();
        foreach (var scene in scenes)
        {
            clock.Now = scene.At;
            if (await Post(http, scene, ids) is { } refusal)
            {
                Console.Error.WriteLine($"{scene.Story}/{scene.Step} was not taken: {refusal}");
                return 1;
            }
        }

        await Watch(app.Services);
        await app.StopAsync();
        return 0;
    }

    private static async Task<bool> IsWanted(string connection, int all)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand(
            $"""
            select not exists (select from {StoreSetup.EventSchema}.mt_events where user_name is distinct from $1 and user_name not like 'service:%')
               and (select count(*) from intake.idempotency_keys where client in ($1, $3)) < $2
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = Subject });
        command.Parameters.Add(new NpgsqlParameter { Value = (long)all });
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = KeyScope.Of(new Caller(Subject, new HashSet<string>(), null, null, LocalKey.Issuer)).Current,
        });
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Raises the alerts of these procedures in the time they tell of, or a clock of trials could not be put before today.</summary>
    private static async Task Watch(IServiceProvider services)
    {
        var (following, lookout) = (services.GetRequiredService<Following>(), services.GetRequiredService<Lookout>());
        await following.Begin(CancellationToken.None);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await following.IsThrough(CancellationToken.None))
        {
            await following.Pass(CancellationToken.None);
            await tick.WaitForNextTickAsync();
        }

        while (await lookout.Look(CancellationToken.None)) { }
    }

    /// <returns>What the service said when it did not record the notice.</returns>
    private static async Task<string?> Post(HttpClient http, DemonstrationScene scene, Dictionary<string, string> ids)
    {
        var body = JsonNode.Parse(Fill(scene.Body.GetRawText()))!.AsObject();
        if (scene.NeedsReview) body["disclosure"] = JsonSerializer.SerializeToNode(Passed(scene.At), WireJson.Stored);

        using var request = new HttpRequestMessage(HttpMethod.Post, Fill(scene.Path))
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", $"\"{Subject}/{scene.Story}/{scene.Step}\"");
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) return text;

        var receipt = JsonNode.Parse(text)!;
        ids.TryAdd($"{scene.Story}/procedureId", (string)receipt["procedureId"]!);
        foreach (var name in (string[])["noticeId", "contractId", "objectionId"])
        {
            if ((string?)receipt[name] is { } id) ids[$"{scene.Story}/{name}:{scene.Step}"] = id;
        }

        return null;

        string Fill(string told) => ids.Where(id => id.Key.StartsWith($"{scene.Story}/", StringComparison.Ordinal))
            .Aggregate(told, (t, id) => t.Replace($"{{{id.Key[(scene.Story.Length + 1)..]}}}", id.Value, StringComparison.Ordinal));
    }

    private static Disclosure Passed(DateTimeOffset at) =>
        new(DisclosureKind.Active, new SecrecyReview(Reviewer, at.AddMinutes(-30), ReviewResult.Passed));

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
    }
}
