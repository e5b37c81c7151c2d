using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Trading.Log;

namespace Trading.Tests.Harness;

/// <summary>The feed of the service, which is behind by the blink of an eye.</summary>
internal static class Feed
{
    /// <summary>Waits until the service knows the position of everything recorded so far.</summary>
    public static async Task CaughtUp(TradingApp app)
    {
        await using var owner = app.Database.OpenAsOwner();
        await using var command = owner.CreateCommand("select count(*) from events.mt_events");
        var recorded = (long)(await command.ExecuteScalarAsync())!;
        await Eventually.True(() => Task.FromResult(app.Services.GetRequiredService<PublishedHead>().Size >= recorded), seconds: 60);
    }

    /// <summary>Every change from a position on.</summary>
    public static async Task<IReadOnlyList<JsonNode>> Changes(Client client, long from)
    {
        var seen = new List<JsonNode>();
        while (true)
        {
            var page = (await client.Get($"/v1/changes?after={from}&limit=1000")).Expect(HttpStatusCode.OK).Json;
            if (page["items"]!.AsArray() is not { Count: > 0 } items) return seen;
            seen.AddRange(items!);
            from = (long)page["next"]!;
        }
    }
}
