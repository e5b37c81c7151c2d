using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Trading.Kernel;

namespace Trading.Ops;

/// <summary>Traces and metrics of requests, the store and the database; sent by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says.</summary>
public static class Telemetry
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders().AddConsole(o => o.FormatterName = LogLines.Format).AddConsoleFormatter<LogLines, ConsoleFormatterOptions>();

        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("trading"))
            .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddSource("Marten").AddSource("Npgsql").AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddMeter("Marten").AddMeter("Npgsql").AddMeter(Defects.MeterName).AddOtlpExporter());
    }
}
