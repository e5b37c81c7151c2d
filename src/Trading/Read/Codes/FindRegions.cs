using FastEndpoints;
using Trading.Http;
using Trading.Kernel;

namespace Trading.Read.Codes;

/// <summary>行政区划: a region and those within it.</summary>
/// <param name="Name">The latest the code had.</param>
/// <param name="ValidFrom">Month of the first edition that has the code; absent when it is older than the editions known.</param>
/// <param name="ValidTo">Month of the first edition without it again; absent while it is in force.</param>
/// <param name="Kind">Who keeps the code: the standard, or statistics alone.</param>
/// <param name="Within">In the order of their codes; absent where there are none.</param>
public sealed record RegionItem(
    string Code, string Name, RegionLevel Level, RegionKind Kind, string? ValidFrom, string? ValidTo, IReadOnlyList<RegionItem>? Within);

/// <param name="Version">Month of the latest edition in the data.</param>
public sealed record RegionTree(string Version, IReadOnlyList<RegionItem> Items);

/// <summary>Which regions are asked for.</summary>
public sealed class RegionQuestion : AskedParameters
{
    private readonly (string First, string Last)? place;
    private readonly bool abolished;

    public RegionQuestion(HttpContext http) : base(http)
    {
        place = Region("within");
        abolished = Among("abolished", ["true", "false"]) is ["true"];
    }

    public RegionTree Choose()
    {
        var chosen = Regions.All.Where(region => abolished || !region.IsAbolished).Where(IsWithin).OrderBy(region => region.ToString(), StringComparer.Ordinal).ToList();
        var there = chosen.ToHashSet();
        var within = chosen.Where(region => region.Parent is not null).ToLookup(region => region.Parent!);
        return new RegionTree(Regions.Version, [.. chosen.Where(region => region.Parent is null || !there.Contains(region.Parent)).Select(Item)]);

        RegionItem Item(RegionCode region) => new(
            region.ToString(), region.Name, region.Level, region.Kind, region.ValidFrom, region.ValidTo,
            within[region].Any() ? [.. within[region].Select(Item)] : null);
    }

    private bool IsWithin(RegionCode region) => place is not var (first, last)
        || (string.CompareOrdinal(region.ToString(), first) >= 0 && string.CompareOrdinal(region.ToString(), last) <= 0);
}

public sealed class FindRegions : EndpointWithoutRequest<RegionTree>
{
    public override void Configure()
    {
        Get("v1/regions");
        AllowAnonymous();
        Options(b => b.Kept());
        Summary(s =>
        {
            s.Summary = "行政区划";
            s.Description = "Provinces, cities and counties by their GB/T 2260 codes, each within the one above it.";
            s.ResponseExamples[StatusCodes.Status200OK] = new RegionTree(
                Regions.Version, [new RegionItem("420502", "西陵区", RegionLevel.County, RegionKind.Gbt2260, null, null, null)]);
        });
        Options(b => b.WithMetadata(new Parameters(
        [
            new("within", "GB/T 2260 code or prefix; everything within it.", typeof(RegionPrefix)),
            new("abolished", "Whether codes that are no longer in force are told too.", Among: ["true", "false"], Usual: "false"),
        ])));
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var question = new RegionQuestion(HttpContext);
        if (question.Errors() is { Count: > 0 } errors)
            await this.Decline(Problem.Of(HttpContext, ProblemKind.Validation) with { Errors = errors });
        else
        {
            HttpContext.DependsOn(Dependence.Nothing);
            await this.Answer(question.Choose(), ct);
        }
    }
}
