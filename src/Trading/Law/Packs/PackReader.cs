using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Trading.Events;
using Trading.Kernel;
using Trading.Law.Counting;

namespace Trading.Law.Packs;

/// <summary>Makes provisions of packs, and says of everything that is wrong in which file and rule it is.</summary>
public sealed partial class PackReader
{
    private readonly List<string> wrong = [];
    private readonly List<(string File, PackFile Pack)> packs = [];
    private readonly Dictionary<string, Wording> anchors = [];
    private readonly Dictionary<string, Type> kinds = [];

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

    /// <summary>Every rule of time in the packs. Asked once, after all were added: they may share anchors.</summary>
    public IReadOnlyList<Provision> Provisions() => Rules<RuleText, Provision>(pack => pack.Rules, Provision);

    /// <summary>Every rule of contents in the packs. Asked once, after all were added.</summary>
    public IReadOnlyList<ContentRule> Contents() => Rules<ContentText, ContentRule>(pack => pack.Contents ?? [], Content);

    private List<TRule> Rules<TText, TRule>(Func<PackFile, IEnumerable<JsonElement>> listed, Func<string, TText, PackName, TRule?> made)
        where TText : class where TRule : PackRule
    {
        var rules = new List<TRule>();
        foreach (var (file, pack) in packs)
        {
            foreach (var element in listed(pack))
            {
                var where = $"{file}, rule {Name(element)}";
                if (Text<TText>(where, element) is not { } text || made(where, text, pack.Name) is not { } rule) continue;
                if (rules.Find(rule.Rivals) is { } rival) wrong.Add($"{where}: in force at the same time and place as in pack {rival.Pack.Id}.");
                if (kinds.TryGetValue(rule.Id, out var kind) && kind != typeof(TRule)) wrong.Add($"{where}: a rule of time has this id.");
                kinds[rule.Id] = typeof(TRule);
                rules.Add(rule);
            }
        }

        return rules;
    }

    private T? Text<T>(string where, JsonElement element) where T : class
    {
        try
        {
            return PackFile.Rule<T>(element);
        }
        catch (JsonException invalid)
        {
            wrong.Add($"{where}: {Reason(invalid)}");
            return null;
        }
    }

    private Provision? Provision(string where, RuleText rule, PackName pack)
    {
        var must = new RuleChecks(where, wrong);
        must.Hold(rule.From != rule.To, "from and to must differ.");
        foreach (var name in (string[])[rule.From, rule.To]) must.Hold(anchors.ContainsKey(name), $"anchor '{name}' is declared in no pack.");
        must.Hold(
            (rule.Value is null, rule.Unit is null) == (rule.Computation is Computation.NotBefore, rule.Computation is Computation.NotBefore),
            "value and unit must stand in every computation but not-before.");
        must.Hold(rule.Value is not (< 1 or > 10_000), "value must be from 1 to 10000.");
        must.Hold(rule.Unit is not TimeUnit.Year || rule.Value is not > 100, "years must be at most 100.");
        must.Hold(rule.Unit is not TimeUnit.Hour || rule.Computation is Computation.Minimum or Computation.Maximum, "hours must be a minimum or a maximum.");
        must.Hold(rule.Roll is Roll.None || rule.Computation is not (Computation.Before or Computation.NotBefore), "nothing rolls in this computation.");
        must.Say("explanation", rule.Explanation);
        must.Scope(rule.Id, rule.Categories, rule.Methods, rule.ValidFrom, rule.ValidTo, rule.Severity, rule.Citation);
        return must.Broken ? null : new Provision(
            rule.Id, rule.Stage, new Anchor(rule.From, anchors[rule.From]), new Anchor(rule.To, anchors[rule.To]),
            new Limit(rule.Computation, rule.Value is { } value ? new Term(value, rule.Unit!.Value) : null, rule.Roll, rule.StartDayDisputed),
            new RuleScope(rule.Categories, rule.Methods, rule.Statutory, rule.Jurisdiction ?? RegionPrefix.Everywhere, rule.ValidFrom, rule.ValidTo),
            rule.WhenStartUnknown, Enum.Parse<Severity>(rule.Severity), rule.Citation, rule.Provenance, rule.Explanation, pack);
    }

    private ContentRule? Content(string where, ContentText rule, PackName pack)
    {
        var must = new RuleChecks(where, wrong);
        must.Hold(rule.Item is null != rule.AnyOf is null && rule.AnyOf is not { Count: 0 }, "there must be either an item or a list anyOf.");
        must.Hold(rule.Notices.Count > 0 && rule.Notices.Distinct().Count() == rule.Notices.Count, "a list of notices must not be empty, nor name one twice.");
        must.Say("name", rule.Name);
        must.Scope(rule.Id, rule.Categories, rule.Methods, rule.ValidFrom, rule.ValidTo, rule.Severity, rule.Citation);
        if (must.Broken) return null;

        var demands = new Dictionary<Type, ContentDemand>();
        foreach (var notice in rule.Notices)
        {
            must.Hold(Catalogue.Find(notice) is not null, $"there is no notice '{notice}'.");
            if (Catalogue.Find(notice)?.Type is { } type && Demand(must, notice, type, rule.AnyOf ?? [rule.Item!], rule.When) is { } demand)
                demands.Add(type, demand);
        }

        return must.Broken ? null : new ContentRule(
            rule.Id, rule.Stage, demands.ToFrozenDictionary(), rule.Name,
            new RuleScope(rule.Categories, rule.Methods, rule.Statutory, rule.Jurisdiction ?? RegionPrefix.Everywhere, rule.ValidFrom, rule.ValidTo),
            Enum.Parse<Severity>(rule.Severity), rule.Citation, rule.Provenance, pack);
    }

    private static ContentDemand? Demand(RuleChecks must, string notice, Type type, IReadOnlyList<string> items, string? when)
    {
        try
        {
            var demand = new ContentDemand([.. items.Select(item => ContentPath.Of(type, item))], when is null ? null : ContentCondition.Of(type, when));
            var list = demand.Items[0].List;
            foreach (var item in demand.Items)
            {
                must.Hold(item.MayLack, $"no {notice} is without '{item}'.");
                must.Hold(item.List == list, "all of anyOf must ask the same list.");
            }

            must.Hold(demand.When is not { Path.List: not "" and var asked } || asked == list, "when must ask the same list as the item, or none.");
            return demand;
        }
        catch (FormatException invalid)
        {
            must.Hold(false, $"{notice}: {invalid.Message}.");
            return null;
        }
    }

    private static string Name(JsonElement rule) =>
        rule.ValueKind is JsonValueKind.Object && rule.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String ? id.GetString()! : "without id";

    private static string Reason(JsonException invalid) =>
        invalid.InnerException is InvalidValueException value ? $"{invalid.Path}: {value.Flaw.Wording.En}" : invalid.Message;

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex PackId();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9.-]{0,30}\z")]
    private static partial Regex PackVersion();
}
