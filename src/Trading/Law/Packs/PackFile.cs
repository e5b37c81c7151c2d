using System.Text.Json;
using Trading.Events;
using Trading.Kernel;
using Trading.Law.Counting;

namespace Trading.Law.Packs;

/// <summary>The written form of a rule pack; <c>ops/rules.md</c> describes it.</summary>
/// <param name="Anchors">Names of moments the rules speak of. A pack may also use those of another.</param>
/// <param name="Unexpressed">Rules that no computation expresses, with the reason.</param>
public sealed record PackFile(
    string Id,
    string Version,
    Wording Title,
    IReadOnlyDictionary<string, Wording> Anchors,
    IReadOnlyList<JsonElement> Rules,
    IReadOnlyList<Unexpressed>? Unexpressed = null)
{
    private static readonly JsonSerializerOptions Form = new(WireJson.Strict) { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public PackName Name => new(Id, Version);

    /// <exception cref="JsonException">When it is no pack.</exception>
    public static PackFile Read(string json) => JsonSerializer.Deserialize<PackFile>(json, Form) ?? throw new JsonException("null");

    /// <exception cref="JsonException">When it is no rule.</exception>
    public static RuleText Rule(JsonElement rule) => rule.Deserialize<RuleText>(Form) ?? throw new JsonException("null");
}

/// <summary>A rule as a pack writes it.</summary>
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

/// <summary>A rule the packs cannot express.</summary>
public sealed record Unexpressed(string Id, Wording Reason);
