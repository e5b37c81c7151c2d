namespace Trading.Ocds.Merging;

/// <summary>The rules for what this service publishes: those of OCDS 1.1.5 with the extensions it declares, as PublishedRulesTests reads them from the schemas.</summary>
public static class PublishedRules
{
    public static MergeRules All { get; } = new(
        new HashSet<string> { "id", "date", "tag" },
        new HashSet<string>
        {
            "tender/lots/identifiers", "tender/amendments/unstructuredChanges", "awards/amendments/unstructuredChanges",
            "contracts/amendments/unstructuredChanges",
        });
}
