using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
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
        this IServiceCollection services, string connection, PoolSizes sizes, Action<IServiceProvider, StoreOptions> contents)
    {
        foreach (var pool in Enum.GetValues<Pool>())
            services.AddKeyedSingleton(pool, (_, _) => NpgsqlDataSource.Create(PooledConnection.Of(connection, pool, sizes)));
        services.AddSingleton(provider => provider.GetRequiredKeyedService<NpgsqlDataSource>(Pool.Writes));
        foreach (var pool in (Pool[])[Pool.Reads, Pool.Upkeep]) services.AddKeyedSingleton<IDocumentStore>(pool, (provider, _) => Beside(provider, pool));
        return services.AddMarten(Options).UseNpgsqlDataSource().BuildSessionsWith<Sessions>();

        // A store has one pool, and what is asked of several is the same.
        DocumentStore Beside(IServiceProvider provider, Pool pool)
        {
            var options = Options(provider);
            options.Projections.AsyncMode = DaemonMode.ExternallyManaged;   // the daemon runs beside the first store; without it Marten writes a warning
            options.Connection(provider.GetRequiredKeyedService<NpgsqlDataSource>(pool));
            return new DocumentStore(options);
        }

        StoreOptions Options(IServiceProvider provider)
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
        }
    }

    /// <summary>The store's form is the wire's; what Marten adds of its own would write the words of closed sets its own way.</summary>
    /// <param name="isFact">Whether a type is that of an event's content; none when left out.</param>
    public static StoredSerializer Serializer(Predicate<Type>? isFact = null)
    {
        var serializer = new StoredSerializer(isFact ?? (_ => false)) { EnumStorage = EnumStorage.AsString, Casing = Casing.CamelCase };
        serializer.Configure(Form);
        return serializer;
    }

    /// <summary>The form in which the store writes.</summary>
    public static JsonSerializerOptions Json()
    {
        var options = new JsonSerializerOptions();
        Form(options);
        return options;
    }

    private static void Form(JsonSerializerOptions options)
    {
        options.Converters.Clear();
        WireJson.ApplyStored(options);
        ((DefaultJsonTypeInfoResolver)options.TypeInfoResolver!).Modifiers.Add(KeepPersonalOut);
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
}
