using Trading.Events;

namespace Trading.Docket;

/// <summary>Questions about several parties.</summary>
public static class Parties
{
    public static bool AnyTwice(IEnumerable<NamedParty> parties)
    {
        var seen = new HashSet<NamedParty>(SameParty);
        return parties.Any(party => !seen.Add(party));
    }

    // By the code where there is one; a name without a code is only ever equal to a name without a code here, which never
    // mistakes two parties for one.
    private static EqualityComparer<NamedParty> SameParty { get; } = EqualityComparer<NamedParty>.Create(
        (a, b) => Key(a!) == Key(b!), party => Key(party).GetHashCode(StringComparison.Ordinal));

    private static string Key(NamedParty party) => party.CreditCode?.ToString() ?? party.Name;
}
