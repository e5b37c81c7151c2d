using System.Text.Json;
using System.Text.RegularExpressions;
using Trading.Kernel;
using Trading.Law.Counting;

namespace Trading.Law.Packs;

/// <summary>Makes provisions of packs, and says of everything that is wrong in which file and rule it is.</summary>
public sealed partial class PackReader
{
    private readonly List<string> wrong = [];
    private readonly List<(string File, PackFile Pack)> packs = [];
    private readonly Dictionary<string, Wording> anchors = [];

    /// <summary>What is wrong with all that was read; empty when nothing is.</summary>
    public IReadOnlyList<string> Wrong => wrong;

    public IReadOnlyList<PackFile> Packs => [.. packs.Select(read => read.Pack)];

    public void Add(string file, string json)
    {
        try
        {
            var pack = PackFile.Read(json);
            if (!PackId().IsMatch(pack.Id)) wrong.Add($"{file}: id '{pack.Id}' must be kebab-case.");
            if (!PackVersion().IsMatch(pack.Version)) wrong.Add($"{file}: version '{pack.Version}' must be letters, digits, dots and hyphens.");
            if (packs.Find(other => other.Pack.Id == pack.Id).File is { } same) wrong.Add($"{file}: id '{pack.Id}' is that of {same}.");
            foreach (var (name, wording) in pack.Anchors)
            {
                if (!PackId().IsMatch(name)) wrong.Add($"{file}: anchor '{name}' must be kebab-case.");
                if (!anchors.TryAdd(name, wording) && anchors[name] != wording) wrong.Add($"{file}: anchor '{name}' has another wording elsewhere.");
            }

            packs.Add((file, pack));
        }
        catch (JsonException invalid)
        {
            wrong.Add($"{file}: {Reason(invalid)}");
        }
    }

    /// <summary>Every rule of the packs. Asked once, after all were added: they may share anchors.</summary>
    public IReadOnlyList<Provision> Provisions()
    {
        var provisions = new List<Provision>();
        foreach (var (file, pack) in packs)
        {
            foreach (var element in pack.Rules)
            {
                var where = $"{file}, rule {Name(element)}";
                if (Rule(where, element) is not { } text || Provision(where, text, pack.Name) is not { } provision) continue;
                if (provisions.Find(other => Overlap(other, provision)) is { } rival)
                    wrong.Add($"{where}: in force at the same time and place as in pack {rival.Pack.Id}.");
                provisions.Add(provision);
            }
        }

        return provisions;
    }

    private RuleText? Rule(string where, JsonElement element)
    {
        try
        {
            return PackFile.Rule(element);
        }
        catch (JsonException invalid)
        {
            wrong.Add($"{where}: {Reason(invalid)}");
            return null;
        }
    }

    private Provision? Provision(string where, RuleText rule, PackName pack)
    {
        var before = wrong.Count;
        Must(RuleId().IsMatch(rule.Id), "id must be capital letters, digits and hyphens, such as R-T-03.");
        Must(rule.From != rule.To, "from and to must differ.");
        foreach (var name in (string[])[rule.From, rule.To]) Must(anchors.ContainsKey(name), $"anchor '{name}' is declared in no pack.");
        Must(
            (rule.Value is null, rule.Unit is null) == (rule.Computation is Computation.NotBefore, rule.Computation is Computation.NotBefore),
            "value and unit must stand in every computation but not-before.");
        Must(rule.Value is not (< 1 or > 10_000), "value must be from 1 to 10000.");
        Must(rule.Unit is not TimeUnit.Year || rule.Value is not > 100, "years must be at most 100.");
        Must(rule.Unit is not TimeUnit.Hour || rule.Computation is Computation.Minimum or Computation.Maximum, "hours must be a minimum or a maximum.");
        Must(rule.Roll is Roll.None || rule.Computation is not (Computation.Before or Computation.NotBefore), "nothing rolls in this computation.");
        Must(!(rule.ValidTo < rule.ValidFrom), "validTo must not lie before validFrom.");
        Must(rule.Categories is not { Count: 0 } && rule.Methods is not { Count: 0 }, "a list of categories or methods must not be empty.");
        Must(rule.Severity is "E" or "W" or "I", "severity must be E, W or I.");
        Must(Chinese().IsMatch(rule.Citation), "citation must be Chinese.");
        Must(Chinese().IsMatch(rule.Explanation.Zh) && rule.Explanation.En.Trim() is not "", "explanation must be Chinese in zh and not be empty in en.");
        if (wrong.Count > before) return null;

        return new Provision(
            rule.Id, rule.Stage, new Anchor(rule.From, anchors[rule.From]), new Anchor(rule.To, anchors[rule.To]),
            new Limit(rule.Computation, rule.Value is { } value ? new Term(value, rule.Unit!.Value) : null, rule.Roll, rule.StartDayDisputed),
            rule.Categories, rule.Methods, rule.Statutory, rule.WhenStartUnknown, rule.Jurisdiction ?? RegionPrefix.Everywhere,
            rule.ValidFrom, rule.ValidTo, Enum.Parse<Severity>(rule.Severity), rule.Citation, rule.Provenance, rule.Explanation, pack);

        void Must(bool holds, string what)
        {
            if (!holds) wrong.Add($"{where}: {what}");
        }
    }

    private static bool Overlap(Provision one, Provision other) =>
        one.Id == other.Id && one.Jurisdiction == other.Jurisdiction && !(one.ValidTo < other.ValidFrom) && !(other.ValidTo < one.ValidFrom);

    private static string Name(JsonElement rule) =>
        rule.ValueKind is JsonValueKind.Object && rule.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String ? id.GetString()! : "without id";

    private static string Reason(JsonException invalid) =>
        invalid.InnerException is InvalidValueException value ? $"{invalid.Path}: {value.Flaw.Wording.En}" : invalid.Message;

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex PackId();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9.-]{0,30}\z")]
    private static partial Regex PackVersion();

    [GeneratedRegex(@"^[A-Z][A-Z0-9]*(-[A-Za-z0-9]+)+\z")]
    private static partial Regex RuleId();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();
}
