using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Console;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Trading.Kernel;
using Trading.Log;
using Trading.Log.Witnessing;
using Trading.Ops.Measuring;
using Trading.Store;

namespace Trading.Ops;

/// <summary>Traces and metrics of requests, the store, the database and the service itself; sent by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says.</summary>
public static class Telemetry
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders().AddConsole(o => o.FormatterName = LogLines.Format).AddConsoleFormatter<LogLines, ConsoleFormatterOptions>();

        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("trading"))
            .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddSource("Marten").AddSource("Npgsql").AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddMeter("Marten").AddMeter("Npgsql").AddMeter(Defects.MeterName).AddMeter(Gauges.Meter).AddOtlpExporter());
    }

    public static void AddMeasures(this WebApplicationBuilder builder, LogSettings log)
    {
        builder.Services
            .AddSingleton(services => new Sampling(
                services.GetRequiredKeyedService<NpgsqlDataSource>(Pool.Upkeep), services.GetRequiredService<Laggards>(), TimeProvider.System, services.GetRequiredService<ILogger<Sampling>>()))
            .AddHostedService(services => services.GetRequiredService<Sampling>())
            .AddSingleton<PublishedHealth>()
            .AddSingleton<IHealthCheckPublisher>(services => services.GetRequiredService<PublishedHealth>())
            .Configure<HealthCheckPublisherOptions>(o => o.Period = Sampling.Period)
            .AddHostedService(services => new Gauges(
                services.GetRequiredService<IMeterFactory>(), services.GetRequiredService<Sampling>(), services.GetRequiredService<PublishedHealth>(),
                services.GetRequiredService<LogState>(), log, builder.Configuration["Backup:Marker"]));
    }
}
