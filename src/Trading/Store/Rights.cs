using Npgsql;

namespace Trading.Store;

/// <summary>What the application's database role may do. Events are added; nothing of them is ever updated, deleted or truncated.</summary>
public static class Rights
{
    public static IReadOnlyList<string> Of(string role)
    {
        var app = new NpgsqlCommandBuilder().QuoteIdentifier(role);
        return
        [
            $"grant usage on schema {StoreSetup.EventSchema}, {StoreSetup.ViewSchema}, intake to {app}",
            $"revoke all on all tables in schema {StoreSetup.EventSchema}, intake from {app}",
            $"grant select, insert on all tables in schema {StoreSetup.EventSchema}, intake to {app}",
            $"grant update on {StoreSetup.EventSchema}.mt_streams to {app}",
            $"grant update, delete on {StoreSetup.EventSchema}.mt_event_progression, {StoreSetup.EventSchema}.mt_high_water_skips to {app}",
            $"grant update on intake.sandbox_clock to {app}",
            $"grant delete on intake.event_defect to {app}",
            $"grant select, insert, update, delete, truncate on all tables in schema {StoreSetup.ViewSchema} to {app}",
            $"grant usage, select on all sequences in schema {StoreSetup.EventSchema}, {StoreSetup.ViewSchema}, intake to {app}",
            $"grant execute on all functions in schema {StoreSetup.EventSchema}, {StoreSetup.ViewSchema} to {app}",
        ];
    }
}
