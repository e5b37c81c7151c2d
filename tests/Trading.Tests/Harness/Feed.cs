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
        await Eventually.True(() => Task.FromResult(app.Services.GetRequiredService<PublishedHead>().Size >= recorded), seconds: 30);
    }
}
