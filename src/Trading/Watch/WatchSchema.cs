namespace Trading.Watch;

/// <summary>Where the watch notes how far it has followed the log and which procedures it looks at when. It can all be made anew from the log.</summary>
public static class WatchSchema
{
    public const string Name = "watch";

    /// <summary>To be run by the schema's owner; running it again changes nothing.</summary>
    public static string Script => $"""
        create schema if not exists {Name};

        create table if not exists {Name}.progress (
            id integer primary key check (id = 1),
            position bigint not null check (position >= 0),
            law text not null);

        create table if not exists {Name}.look (
            procedure_id uuid primary key,
            look_at timestamptz not null);

        create index if not exists look_at on {Name}.look (look_at);
        """;

    /// <param name="app">The application's role, quoted.</param>
    public static IReadOnlyList<string> Rights(string app) =>
    [
        $"grant usage on schema {Name} to {app}",
        $"grant select, insert, update, delete on all tables in schema {Name} to {app}",
    ];
}
