using Trading.Feeds.Changes;
using Trading.Log;

namespace Trading.Ops;

/// <summary>The verifiable log and the feed over it.</summary>
public static class Logs
{
    public static void AddLog(this WebApplicationBuilder builder, LogSettings settings)
    {
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(_ => LogKeys.Open(settings));
        builder.Services.AddSingleton<LogState>();
        builder.Services.AddSingleton<ChangeFeed>();
        builder.Services.AddSingleton<PublishedHead>().AddHostedService(services => services.GetRequiredService<PublishedHead>());
        builder.Services.AddHostedService<LogService>();
    }
}
