using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Projections;

/// <summary>The words by which things are found: what is public of a fact, and nothing of it that is personal and could be erased.</summary>
internal static class Wordings
{
    private static readonly HashSet<string> codes = ["creditCode", "code", "classCode", "number", "dealCode", "sourceId"];

    private static readonly JsonSerializerOptions impersonal = Impersonal();

    public static string Of(INoticed fact)
    {
        var (notice, kind) = (fact.Notice, Catalogue.Of(fact));
        var heading = notice.Heading;
        var content = JsonSerializer.SerializeToNode(fact, kind.Type, impersonal)!.AsObject();
        content.Remove("notice");
        return Folding.Texts(
        [
            notice.Title, heading.ProcedureTitle, heading.Ocid, heading.Initiator?.Name, heading.Initiator?.CreditCode?.ToString(),
            heading.Centre.Name, heading.Centre.Code.ToString(), .. In(content, name: ""),
        ]);
    }

    public static string Of(ProcedurePage page) => Folding.Texts(
    [
        page.Title, page.Code, page.Ocid, page.Description, page.InvestmentProjectCode?.ToString(), page.Centre.Name, page.Centre.Code.ToString(),
        page.Initiator?.Name, page.Initiator?.CreditCode?.ToString(), page.Agency?.Name, page.Agency?.CreditCode?.ToString(),
        .. page.Lots.SelectMany(lot => (string?[])
        [
            lot.Title, lot.Code, lot.DealCode?.ToString(), lot.Description,
            .. lot.Candidates.SelectMany(c => (string?[])[c.Bidder.Name, c.Bidder.CreditCode?.ToString()]),
            lot.Award?.Supplier?.Name, lot.Award?.Supplier?.CreditCode?.ToString(),
            .. lot.Contracts.SelectMany(c => (string?[])[c.Number, c.Subject]),
        ]),
    ]);

    /// <summary>Texts, and codes; not the words of closed sets, times and ids.</summary>
    private static IEnumerable<string> In(JsonNode? node, string name) => node switch
    {
        JsonObject members => members.SelectMany(member => In(member.Value, member.Key)),
        JsonArray items => items.SelectMany(item => In(item, name)),
        JsonValue value when value.TryGetValue<string>(out var text) && (codes.Contains(name) || text.EnumerateRunes().Any(IsWritten)) => [text],
        _ => [],
    };

    private static bool IsWritten(Rune rune) => Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.OtherLetter;

    private static JsonSerializerOptions Impersonal()
    {
        var options = WireJson.Apply(new JsonSerializerOptions());
        ((DefaultJsonTypeInfoResolver)options.TypeInfoResolver!).Modifiers.Add(type =>
        {
            for (var i = type.Properties.Count - 1; i >= 0; i--)
                if (PersonalAttribute.IsOn(type.Properties[i]) || type.Properties[i].Name is Sealable.Member) type.Properties.RemoveAt(i);
        });
        return options;
    }
}
