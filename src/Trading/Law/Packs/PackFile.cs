using System.Text.Json;
using Trading.Events;
using Trading.Kernel;
using Trading.Law.Counting;

namespace Trading.Law.Packs;

/// <summary>The written form of a rule pack; <c>ops/rules.md</c> describes it.</summary>
/// <param name="Anchors">Names of moments the rules speak of. A pack may also use those of another.</param>
/// <param name="Rules">Of time.</param>
/// <param name="Contents">What notices must say.</param>
/// <param name="Unexpressed">Rules that no computation and no member of a notice expresses, with the reason.</param>
public sealed record PackFile(
    string Id,
    string Version,
    Wording Title,
    IReadOnlyDictionary<string, Wording> Anchors,
    IReadOnlyList<JsonElement> Rules,
    IReadOnlyList<JsonElement>? Contents = null,
    IReadOnlyList<Unexpressed>? Unexpressed = null)
{
    private static readonly JsonSerializerOptions Form = new(WireJson.Strict) { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public PackName Name => new(Id, Version);

    /// <exception cref="JsonException">When it is no pack.</exception>
    public static PackFile Read(string json) => JsonSerializer.Deserialize<PackFile>(json, Form) ?? throw new JsonException("null");

    /// <exception cref="JsonException">When it is no rule.</exception>
    public static T Rule<T>(JsonElement rule) where T : class => rule.Deserialize<T>(Form) ?? throw new JsonException("null");
}

/// <summary>A rule of time as a pack writes it.</summary>
/// <param name="Severity">E, W or I.</param>
public sealed record RuleText(
    string Id,
    ProvisionStage Stage,
    Computation Computation,
    string From,
    string To,
    string Severity,
    string Citation,
    Provenance Provenance,
    Wording Explanation,
    int? Value = null,
    TimeUnit? Unit = null,
    Roll Roll = Roll.None,
    bool StartDayDisputed = false,
    StartUnknown WhenStartUnknown = StartUnknown.Uncertain,
    IReadOnlyList<TradeCategory>? Categories = null,
    IReadOnlyList<ProcedureMethod>? Methods = null,
    bool Statutory = false,
    RegionPrefix? Jurisdiction = null,
    DateOnly? ValidFrom = null,
    DateOnly? ValidTo = null);

/// <summary>A rule of contents as a pack writes it.</summary>
/// <param name="Notices">Wire names of kinds of events.</param>
/// <param name="Item">Where it stands in the notice; either this or <paramref name="AnyOf"/>, of which one will do.</param>
/// <param name="When">What must be there, or have a value, for it to be demanded: <c>/agency</c>, <c>/kind=terminated</c>.</param>
/// <param name="Severity">E, W or I.</param>
public sealed record ContentText(
    string Id,
    ProvisionStage Stage,
    IReadOnlyList<string> Notices,
    Wording Name,
    string Severity,
    string Citation,
    Provenance Provenance,
    string? Item = null,
    IReadOnlyList<string>? AnyOf = null,
    string? When = null,
    IReadOnlyList<TradeCategory>? Categories = null,
    IReadOnlyList<ProcedureMethod>? Methods = null,
    bool Statutory = false,
    RegionPrefix? Jurisdiction = null,
    DateOnly? ValidFrom = null,
    DateOnly? ValidTo = null);

/// <summary>A rule the packs cannot express.</summary>
public sealed record Unexpressed(string Id, Wording Reason);
