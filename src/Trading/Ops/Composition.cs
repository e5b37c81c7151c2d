using FastEndpoints;
using JasperFx.Events.Daemon;
using Marten;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using Trading.Events;
using Trading.Http;
using Trading.Intake;
using Trading.Intake.Rehearsing;
using Trading.Kernel;
using Trading.Log;
using Trading.Ocds;
using Trading.Ops.Views;
using Trading.Projections;
using Trading.Store;
using Trading.Vault;

namespace Trading.Ops;

/// <summary>Puts the parts together, once for every verb.</summary>
public static class Composition
{
    public static IConfiguration Configuration(params string[] args) => WebApplication.CreateBuilder(Options(args)).Configuration;

    /// <summary>The store alone, as verbs without a host need it.</summary>
    public static IServiceCollection Store(Settings settings)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System);
        services.AddVault(settings);
        services.AddTradingStore(settings.Database, settings.Pools, (provider, options) =>
        {
            Contents(provider, options);
            options.Projections.AsyncMode = DaemonMode.ExternallyManaged;   // nothing is started; without it Marten writes a warning among what a verb prints
        });
        return services;
    }

    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(Options(args));
        adjust?.Invoke(builder);
        var settings = Settings.Read(builder.Configuration);
        builder.Services.AddSingleton(settings);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Bound(settings.Limits, settings.Proxies);
            kestrel.Limits.MaxRequestBodySize = null;   // BodyGate reads no more than an endpoint takes
            kestrel.Limits.MaxRequestLineSize = 4 * HeadGate.LongestAddress;    // beyond, Kestrel answers with a bare status
            kestrel.Limits.MaxRequestHeadersTotalSize = 4 * HeadGate.MostHeaders;
        });

        builder.AddSystemd();
        builder.AddClock(settings);
        builder.Services.AddSingleton<WriteGate>();
        builder.Services.AddSingleton<ShownCheckpoints>();
        var marten = builder.Services.AddTradingStore(settings.Database, settings.Pools, (provider, options) =>
        {
            Contents(provider, options);
            var guard = new ViewGuard(provider.GetRequiredService<ViewStates>());
            options.Listeners.Add(guard);
            options.Projections.AsyncListeners.Add(guard);
        });
        builder.Services.AddSingleton(services => new ViewStates(services.GetRequiredKeyedService<NpgsqlDataSource>(Pool.Upkeep), TimeProvider.System));
        if (settings.Daemon is not "off") marten.AddAsyncDaemon(settings.Daemon is "solo" ? DaemonMode.Solo : DaemonMode.HotCold);
        builder.Services.AddSingleton(new OcdsPrefix(settings.OcdsPrefix));
        builder.Services.AddSingleton(settings.Publisher!);
        builder.Services.AddScoped<ReleaseFeed>();
        builder.Services.AddSingleton<DealCodeSerials>();
        builder.Services.AddVault(settings);
        builder.Services.AddScoped<Desk>();
        builder.Services.AddScoped<LegacyDesk>();
        builder.Services.AddDefects();
        builder.Services.AddSingleton<LegacyTurnstile>();
        builder.Services.AddSingleton<UseCases>();
        builder.Services.AddSingleton(_ => new HtmlCleaner(TimeProvider.System)).AddSingleton(_ => new ChecksAtOnce(TimeProvider.System));
        builder.AddLaw(settings.Law!);
        builder.AddLog(settings.Log!);
        builder.AddWatch(settings.Watches);
        builder.AddIdentity(settings);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();   // tokens are all there is; no key is ever written
        builder.AddHealth(settings.Log!);
        builder.AddTelemetry();
        builder.AddMeasures(settings.Log!);
        builder.AddDelivery(settings.Limits);
        var answerHeaders = new AnswerHeaders(isSecure: settings.Publisher!.Address?.Scheme is "https");
        builder.Services.AddSingleton(answerHeaders).AddExceptionHandler<Failures>();
        builder.Services.AddEndpointsApiExplorer();   // what ContractDocument reads; nothing asks it while serving
        builder.Services.AddFastEndpoints(o =>
        {
            o.DisableAutoDiscovery = true;
            o.Assemblies = [typeof(Composition).Assembly];
        });

        var app = builder.Build();
        app.UseProxies(settings.Proxies);
        app.UseMiddleware<HeadRequests>();
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(context => Problem.Of(context.HttpContext, ProblemKind.OfStatus(context.HttpContext.Response.StatusCode)).Write(context.HttpContext));
        app.Use((http, next) =>
        {
            answerHeaders.Set(http);
            return next(http);
        });
        app.UseMiddleware<HeadGate>();
        app.UseMiddleware<HostGate>(settings.Hosts!);
        app.UseMiddleware<CodedTags>();
        app.Map("/_test_url_cache_", closed => closed.Run(Closed));   // FastEndpoints lists every route there, to anyone
        app.UseRouting();
        app.UseCors();
        app.UseDelivery(settings.Caches, settings.Limits);
        app.UseLogFiles(settings.Log!);
        app.UseAuthorization();
        app.UseMiddleware<BodyGate>();
        app.UseMiddleware<ViewGate>();
        app.MapHealth();
        if (settings.Sandbox) app.MapSandboxClock();
        app.MapDocuments();
        app.MapLog();
        app.UseFastEndpoints(c =>
        {
            WireJson.ApplyStrict(c.Serializer.Options);
            c.Serializer.ResponseSerializer = Answering.Write;
            c.Security.RoleClaimType = Role.Claim;
            c.Endpoints.ShortNames = true;
            c.Binding.JsonExceptionTransformer = BodyErrors.Of;
            c.Binding.FailureMessage = (_, _, _) => "parameter.form";
            c.Errors.ResponseBuilder = (failures, http, _) => BodyErrors.Problem(http, failures);
            c.Errors.ContentType = Problem.MediaType;
            c.Errors.ProducesMetadataType = typeof(Problem);
        });
        return app;
    }

    private static Task Closed(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    // The content root is where the program lies, so that it starts from any directory.
    internal static WebApplicationOptions Options(string[] args) => new() { Args = args, ContentRootPath = AppContext.BaseDirectory };

    private static void AddVault(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(_ => VaultKeys.Open(settings.Vault!)).AddSingleton<PersonalVault>();
        foreach (var pool in Enum.GetValues<Pool>())
            services.AddKeyedSingleton(pool, (provider, _) => new PersonalVault(provider.GetRequiredKeyedService<NpgsqlDataSource>(pool), provider.GetRequiredService<VaultKeys>(), provider.GetRequiredService<ILogger<PersonalVault>>()));
    }

    private static void Contents(IServiceProvider provider, StoreOptions options)
    {
        options.Serializer(StoreSetup.Serializer(type => type.IsAssignableTo(typeof(INoticed))));
        options.AddViews(provider.GetRequiredService<PersonalVault>);
        options.AddStages();
        options.Storage.ExtendedSchemaObjects.Add(Idempotency.Table());
        options.Storage.ExtendedSchemaObjects.Add(DealCodeSerials.Sequence());
        options.Storage.ExtendedSchemaObjects.Add(SandboxClock.Table());
        options.Storage.ExtendedSchemaObjects.Add(DefectTable.Table());
    }
}
