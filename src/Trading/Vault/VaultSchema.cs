namespace Trading.Vault;

/// <summary>Where the openings lie: apart from the events, which are never changed, for these are erased: by a trigger, when the event is recorded that names them.</summary>
public static class VaultSchema
{
    public const string Name = "vault";

    /// <param name="app">The application's role, quoted.</param>
    public static IReadOnlyList<string> Rights(string app) =>
    [
        $"grant usage on schema {Name} to {app}",
        $"revoke all on all tables in schema {Name} from {app}",
        $"grant select, insert on all tables in schema {Name} to {app}",
    ];
}
