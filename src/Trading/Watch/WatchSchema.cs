namespace Trading.Watch;

/// <summary>Where the watch notes how far it has followed the log and which procedures it looks at when. It can all be made anew from the log.</summary>
public static class WatchSchema
{
    public const string Name = "watch";

    /// <param name="app">The application's role, quoted.</param>
    public static IReadOnlyList<string> Rights(string app) =>
    [
        $"grant usage on schema {Name} to {app}",
        $"grant select, insert, update, delete on all tables in schema {Name} to {app}",
    ];
}
