namespace Trading.Vault;

/// <summary>Where the openings lie: apart from the events, which are never changed, for these are erased.</summary>
public static class VaultSchema
{
    public const string Name = "vault";

    /// <summary>To be run by the schema's owner; running it again changes nothing.</summary>
    public static string Script => $"""
        create schema if not exists {Name};

        create table if not exists {Name}.opening (
            digest text primary key,
            event_id uuid not null,
            key text not null,
            ciphertext bytea not null);

        create index if not exists opening_key on {Name}.opening (key);
        """;

    /// <param name="app">The application's role, quoted.</param>
    public static IReadOnlyList<string> Rights(string app) =>
    [
        $"grant usage on schema {Name} to {app}",
        $"revoke all on all tables in schema {Name} from {app}",
        $"grant select, insert, delete on all tables in schema {Name} to {app}",
    ];
}
