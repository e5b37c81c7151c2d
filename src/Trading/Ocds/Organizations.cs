using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Trading.Events;

namespace Trading.Ocds;

/// <summary>Who takes part: each party once, and references to it.</summary>
internal static class Organizations
{
    /// <summary>统一社会信用代码 as a scheme of identifiers; it stands in front of the code in a party's id.</summary>
    public const string CreditCodes = "CN-USCC";

    /// <summary>In front of what is made of the name, where a party has no code.</summary>
    public const string Names = "CN-NAME";

    public static string IdOf(NamedParty party) => party.CreditCode is { } code
        ? $"{CreditCodes}-{code}"
        : $"{Names}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(party.Name)))[..16]}";

    /// <summary>Enters a party in a role and answers what refers to it.</summary>
    public static JsonObject Refer(this ProcessState state, NamedParty party, string role)
    {
        var entry = state.Json.Item("parties", IdOf(party)).Set("name", party.Name);
        if (party.CreditCode is { } code)
            entry.Set("identifier", new JsonObject { ["scheme"] = CreditCodes, ["id"] = code.ToString(), ["legalName"] = party.Name });
        var roles = (entry["roles"] as JsonArray ?? []).Select(r => (string)r!).Append(role).Distinct().Order(StringComparer.Ordinal);
        entry.Set("roles", Members.Texts(roles));
        return new JsonObject { ["id"] = IdOf(party), ["name"] = party.Name };
    }

    /// <summary>Likewise, with its address.</summary>
    public static JsonObject Refer(this ProcessState state, Party party, string role)
    {
        var reference = state.Refer(party.Named, role);
        if (party.Address is { } address) Entry(state, party).At("address").Set("streetAddress", address);
        return reference;
    }

    /// <summary>Likewise, with the contact the law publishes of initiators and agencies in announcements.</summary>
    public static JsonObject ReferWithContact(this ProcessState state, Party party, string role)
    {
        var reference = state.Refer(party, role);
        if (party.Contact is { } contact)
        {
            Entry(state, party).Set("contactPoint", new JsonObject().Set("name", (JsonNode?)contact.Name)
                .Set("telephone", (JsonNode?)contact.Phone).Set("email", (JsonNode?)contact.Email));
        }

        return reference;
    }

    private static JsonObject Entry(ProcessState state, Party party) => state.Json.Item("parties", IdOf(party.Named));
}
