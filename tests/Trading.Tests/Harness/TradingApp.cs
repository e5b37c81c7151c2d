using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Trading.Ops;
using Xunit;

[assembly: AssemblyFixture(typeof(Trading.Tests.Harness.TradingApp))]

namespace Trading.Tests.Harness;

/// <summary>
/// The whole service, once for the test run (FastEndpoints is configured once in a process): real HTTP on a loopback port, a real
/// database. Tests that use it stand in the collection <see cref="Collection"/>, one after the other, for they share its clock.
/// </summary>
public sealed class TradingApp : IAsyncLifetime
{
    public const string Collection = "service";

    private readonly string directory = Directory.CreateTempSubdirectory("trading-tests-").FullName;
    private WebApplication? app;

    public TestClock Clock { get; } = new();

    public Database Database { get; private set; } = null!;

    public LocalKey Key { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => app!.Services;

    public IDocumentStore Store => Services.GetRequiredService<IDocumentStore>();

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("TRADING_TEST_SERVER") is null) return;   // tests without a service run without one

        Database = await Database.Create("service");
        Key = new LocalKey(directory);
        app = Composition.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["ConnectionStrings:Trading"] = Database.Application,
                ["Embedded:Directory"] = directory,
                ["Limits:Burst"] = "1000000",
                ["Supervision:Watch"] = "off",   // the clock goes back and forth
                ["Logging:LogLevel:Default"] = "Warning",
                ["Logging:LogLevel:Marten"] = "None",
            });
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton<TimeProvider>(Clock);
        });
        await app.StartAsync();
        Address = new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>A client with the token of a role at the usual centre, or of none.</summary>
    public Client Client(string? role = "publisher", string centre = LocalKey.CentreCode, string region = "*", string? subject = null, bool held = true) =>
        new(Address, role is null ? null : Key.Token(subject ?? role, role, centre, LocalKey.CentreName, region), held);

    public async ValueTask DisposeAsync()
    {
        if (app is null) return;
        await app.StopAsync();
        await app.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
