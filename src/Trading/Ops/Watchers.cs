using Trading.Watch;

namespace Trading.Ops;

/// <summary>The watch over the times the law sets.</summary>
public static class Watchers
{
    /// <param name="watches">Whether this node takes part; it may be left to others.</param>
    public static void AddWatch(this WebApplicationBuilder builder, bool watches)
    {
        builder.Services.AddSingleton<Following>().AddSingleton<Lookout>();
        if (watches) builder.Services.AddHostedService<WatchService>();
    }
}
