using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Projections;

/// <summary>The words by which things are found: what is public of a fact, and nothing of it that is personal and could be erased.</summary>
internal static class Wordings
{
    private static readonly HashSet<string> codes = ["creditCode", "code", "classCode", "number", "dealCode", "sourceId"];
    private const string Name = "name";

    private static readonly JsonSerializerOptions impersonal =
        WireJson.StoredWithout((_, property) => PersonalAttribute.IsOn(property) || property.Name is Sealable.Member);

    public static PublicTexts Of(INoticed fact)
    {
        var (notice, kind) = (fact.Notice, Catalogue.Of(fact));
        var heading = notice.Heading;
        var content = JsonSerializer.SerializeToNode(fact, kind.Type, impersonal)!.AsObject();
        content.Remove("notice");
        var said = In(content, member: "").ToLookup(each => codes.Contains(each.Member) || each.Member is Name, each => each.Text);
        return PublicTexts.Of(
            [notice.Title, heading.ProcedureTitle],
            [
                heading.Ocid, heading.Initiator?.Name, heading.Initiator?.CreditCode?.ToString(), heading.Centre.Name, heading.Centre.Code.ToString(),
                .. said[true],
            ],
            said[false]);
    }

    public static PublicTexts Of(ProcedurePage page) => PublicTexts.Of(
        [page.Title, .. page.Lots.Select(lot => lot.Title)],
        [
            page.Code, page.Ocid, page.InvestmentProjectCode?.ToString(), page.Centre.Name, page.Centre.Code.ToString(),
            page.Initiator?.Name, page.Initiator?.CreditCode?.ToString(), page.Agency?.Name, page.Agency?.CreditCode?.ToString(),
            .. page.Lots.SelectMany(lot => (string?[])
            [
                lot.Code, lot.DealCode?.ToString(),
                .. lot.Candidates.SelectMany(c => (string?[])[c.Bidder.Name, c.Bidder.CreditCode?.ToString()]),
                lot.Award?.Supplier?.Name, lot.Award?.Supplier?.CreditCode?.ToString(),
                .. lot.Contracts.Select(c => c.Number),
            ]),
        ],
        [page.Description, .. page.Lots.SelectMany(lot => (string?[])[lot.Description, .. lot.Contracts.Select(c => c.Subject)])]);

    /// <summary>Texts, and codes; not the words of closed sets, times and ids.</summary>
    private static IEnumerable<(string Member, string Text)> In(JsonNode? node, string member) => node switch
    {
        JsonObject members => members.SelectMany(each => In(each.Value, each.Key)),
        JsonArray items => items.SelectMany(item => In(item, member)),
        JsonValue value when value.TryGetValue<string>(out var text) && (codes.Contains(member) || text.EnumerateRunes().Any(IsWritten)) => [(member, text)],
        _ => [],
    };

    private static bool IsWritten(Rune rune) => Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.OtherLetter;
}
