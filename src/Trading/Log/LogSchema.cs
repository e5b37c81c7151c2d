namespace Trading.Log;

/// <summary>
/// Where the log is kept. A trigger notes new events in the transaction that records them; one sequencer gives them positions.
/// </summary>
public static class LogSchema
{
    public const string Name = "log";

    /// <summary>
    /// Which rows of the event table are no events: where a recording failed, Marten leaves an empty row in a stream of its own for each
    /// number it had drawn. They state nothing and get no position.
    /// </summary>
    public const string Tombstone = "type = 'tombstone' and data = '{}'::jsonb";

    /// <param name="app">The application's role, quoted.</param>
    public static IReadOnlyList<string> Rights(string app) =>
    [
        $"grant usage on schema {Name} to {app}",
        $"revoke all on all tables in schema {Name} from {app}",
        $"grant select on all tables in schema {Name} to {app}",
        $"grant delete on {Name}.pending to {app}",
        $"grant insert on {Name}.leaf, {Name}.node, {Name}.checkpoint, {Name}.cosignature, {Name}.stop to {app}",
        $"grant insert, update on {Name}.head to {app}",
    ];
}
