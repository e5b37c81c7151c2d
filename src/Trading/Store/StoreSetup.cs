using System.Text.Json.Serialization.Metadata;
using JasperFx;
using JasperFx.Events;
using JasperFx.OpenTelemetry;
using Marten;
using Npgsql;
using Trading.Kernel;
using Weasel.Core;

namespace Trading.Store;

/// <summary>How Marten is set up; what it stores is handed in.</summary>
public static class StoreSetup
{
    public const string EventSchema = "events";
    public const string ViewSchema = "views";

    public static MartenServiceCollectionExtensions.MartenConfigurationExpression AddTradingStore(
        this IServiceCollection services, string connection, Action<IServiceProvider, StoreOptions> contents)
    {
        services.AddSingleton(_ => NpgsqlDataSource.Create(Tuned(connection)));
        return services.AddMarten(provider =>
        {
            var options = new StoreOptions
            {
                DatabaseSchemaName = ViewSchema,
                AutoCreateSchemaObjects = AutoCreate.None,
            };
            options.Serializer(Serializer());
            options.Events.DatabaseSchemaName = EventSchema;
            options.Events.StreamIdentity = StreamIdentity.AsGuid;
            options.Events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
            options.Events.TimeProvider = provider.GetRequiredService<TimeProvider>();
            options.Events.UseExclusiveLockOnConcurrentAppends = true;
            options.Events.EnableEventSkippingInProjectionsOrSubscriptions = true;
            options.Events.EnableUniqueIndexOnEventId = true;
            options.Events.MetadataConfig.EnableAll();
            options.Events.MetadataConfig.UserNameEnabled = true;

            // A register of public record does not step over an event it cannot read.
            options.Projections.Errors.SkipApplyErrors = false;
            options.Projections.Errors.SkipSerializationErrors = false;
            options.Projections.Errors.SkipUnknownEvents = false;
            options.Projections.SlowPollingTime = TimeSpan.FromMilliseconds(100);
            options.Projections.FastPollingTime = TimeSpan.FromMilliseconds(50);

            options.OpenTelemetry.TrackConnections = TrackLevel.Normal;
            options.OpenTelemetry.TrackEventCounters();
            contents(provider, options);
            return options;
        }).UseLightweightSessions().UseNpgsqlDataSource();
    }

    /// <summary>The store's form is the wire's; what Marten adds of its own would write the words of closed sets its own way.</summary>
    /// <param name="isFact">Whether a type is that of an event's content; none when left out.</param>
    public static StoredSerializer Serializer(Predicate<Type>? isFact = null)
    {
        var serializer = new StoredSerializer(isFact ?? (_ => false)) { EnumStorage = EnumStorage.AsString, Casing = Casing.CamelCase };
        serializer.Configure(o =>
        {
            o.Converters.Clear();
            WireJson.ApplyStored(o);
            ((DefaultJsonTypeInfoResolver)o.TypeInfoResolver!).Modifiers.Add(KeepPersonalOut);
        });
        return serializer;
    }

    // What is recorded is for ever; a personal value has been sealed before it comes here.
    private static void KeepPersonalOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(PersonalAttribute.IsOn))
        {
            var get = property.Get!;
            property.Get = holder => get(holder) is null ? null : throw new InvalidOperationException($"{type.Type.Name}.{property.Name} is personal and was not sealed.");
        }
    }

    /// <summary>
    /// Statements stay prepared over pooled connections, and the session's zone is UTC whatever the server's. Because connections are
    /// not reset, no code may leave anything set in a session.
    /// </summary>
    public static string Tuned(string connection)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection)
        {
            Timezone = "UTC",
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            IncludeErrorDetail = false,
        };
        if (!builder.ContainsKey("Maximum Pool Size")) builder.MaxPoolSize = 40;
        if (!builder.ContainsKey("Application Name")) builder.ApplicationName = "trading";
        return builder.ConnectionString;
    }
}
