using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Trading.Tests.Harness;

/// <summary>A server of somebody else that the service asks, answering as a test says.</summary>
internal sealed class Loopback : IAsyncDisposable
{
    private readonly WebApplication app;

    private Loopback(WebApplication app) => this.app = app;

    /// <summary>The paths that were asked, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public Uri Address => new(app.Urls.Single());

    public static async Task<Loopback> Start(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var loopback = new Loopback(builder.Build());
        loopback.app.Run(async http =>
        {
            loopback.Asked.Enqueue(http.Request.Path);
            await answer(http);
        });
        await loopback.app.StartAsync();
        return loopback;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
