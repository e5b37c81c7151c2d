using Npgsql;

namespace Trading.Store;

/// <summary>What the application's database role may do. Events are added; nothing of them is ever updated, deleted or truncated.</summary>
public static class Rights
{
    private const string Events = StoreSetup.EventSchema, Views = StoreSetup.ViewSchema;

    private const string EventColumns =
        "seq_id, id, stream_id, version, data, bdata, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name, is_archived";

    public static IReadOnlyList<string> Of(string role)
    {
        var app = Quoted(role);
        return
        [
            $"grant usage on schema {Events}, {Views}, intake to {app}",
            $"revoke all on all tables in schema {Events}, {Views}, intake from {app}",
            $"grant select, insert on all tables in schema {Events}, intake to {app}",
            $"revoke insert on {Events}.mt_events, {Events}.mt_streams from {app}",
            $"grant insert ({EventColumns}) on {Events}.mt_events to {app}",
            $"grant insert (id, type, version, timestamp, tenant_id, is_archived), update (version, timestamp) on {Events}.mt_streams to {app}",
            $"grant update, delete on {Events}.mt_event_progression, {Events}.mt_high_water_skips to {app}",
            $"grant update on intake.sandbox_clock to {app}",
            $"grant delete on intake.event_defect to {app}",
            $"grant select, insert, update on all tables in schema {Views} to {app}",
            $"grant usage, select on all sequences in schema {Events}, {Views}, intake to {app}",
            $"grant execute on all functions in schema {Events}, {Views} to {app}",
        ];
    }

    /// <summary>
    /// What it may not do in the database at large: make objects, temporary ones neither, whose names could stand in front of ours. They
    /// want the owner of the database.
    /// </summary>
    public static IReadOnlyList<string> Withheld(string database, string role) =>
    [
        $"revoke temporary on database {Quoted(database)} from public, {Quoted(role)}",
        $"revoke create on database {Quoted(database)} from public, {Quoted(role)}",
        $"revoke create on schema public from public, {Quoted(role)}",
    ];

    private static string Quoted(string name) => new NpgsqlCommandBuilder().QuoteIdentifier(name);
}
