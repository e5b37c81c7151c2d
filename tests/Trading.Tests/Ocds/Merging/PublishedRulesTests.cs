using Trading.Ocds.Merging;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ocds.Merging;

public sealed class PublishedRulesTests
{
    private static readonly MergeRules Schema = MergeRules.Of(OcdsStandard.ReleaseSchema);

    [Fact]
    public void the_schema_says_what_the_standard_tells_of_it()
    {
        Assert.Equal(["date", "id", "tag"], Schema.Omitted.Order(StringComparer.Ordinal));
        Assert.Superset(
            new HashSet<string>
            {
                "parties/additionalIdentifiers", "tender/items/additionalClassifications", "awards/items/additionalClassifications",
                "contracts/items/additionalClassifications", "tender/amendments/changes", "tender/lots/identifiers", "contracts/amendments/unstructuredChanges",
            },
            Schema.WholeLists.ToHashSet());
        Assert.DoesNotContain("awards", Schema.WholeLists);
        Assert.DoesNotContain("tender/documents", Schema.WholeLists);
    }

    [Fact]
    public void what_is_published_is_merged_as_the_schema_says()
    {
        Assert.Equal(Schema.Omitted, PublishedRules.All.Omitted);
        Assert.Subset(Schema.WholeLists.ToHashSet(), PublishedRules.All.WholeLists.ToHashSet());
    }
}
