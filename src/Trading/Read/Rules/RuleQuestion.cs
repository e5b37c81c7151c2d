using Trading.Http;
using Trading.Kernel;
using Trading.Law;
using Trading.Law.Packs;

namespace Trading.Read.Rules;

/// <summary>Which rules are asked for.</summary>
public sealed class RuleQuestion : AskedParameters
{
    private readonly string[]? categories;
    private readonly string[]? stages;
    private readonly string[]? severities;
    private readonly RegionCode? place;
    private readonly DateOnly day;

    public RuleQuestion(HttpContext http, DateOnly today) : base(http)
    {
        categories = Among("category", WireNames.All<TradeCategory>());
        stages = Among("stage", WireNames.All<ProvisionStage>());
        severities = Among("severity", Severities);
        place = Place("jurisdiction");
        day = Day("asOf") ?? today;
    }

    public static IReadOnlyList<string> Severities { get; } = [.. Enum.GetNames<Severity>()];

    public IEnumerable<TRule> Choose<TRule>(IEnumerable<TRule> rules) where TRule : PackRule =>
        from versions in rules.Where(rule => rule.Scope.IsInForce(day)).GroupBy(rule => rule.Id).OrderBy(versions => versions.Key, StringComparer.Ordinal)
        from rule in place is null ? versions : Here(versions)
        where stages is null || stages.Contains(WireNames.Of(rule.Stage))
        where severities is null || severities.Contains(rule.Severity.ToString())
        where categories is null || rule.Scope.Categories is not { } governed || governed.Any(category => categories.Contains(WireNames.Of(category)))
        select rule;

    private IEnumerable<TRule> Here<TRule>(IEnumerable<TRule> versions) where TRule : PackRule =>
        Lawbook.Narrowest(versions.Where(rule => rule.Scope.Jurisdiction.Covers(place!))) is { } counts ? [counts] : [];

    private RegionCode? Place(string parameter)
    {
        if (Value(parameter) is not { } text) return null;
        try
        {
            return RegionCode.Parse(text);
        }
        catch (InvalidValueException invalid)
        {
            Wrong(parameter, invalid.Flaw.Code, invalid.Flaw.Wording.Zh, invalid.Flaw.Wording.En);
            return null;
        }
    }

    private DateOnly? Day(string parameter)
    {
        if (Value(parameter) is not { } text) return null;
        if (ClientDayConverter.TryParse(text, out var asked)) return asked;
        Wrong(parameter, "date.form", "日期须为YYYY-MM-DD，在1900-01-02至2200-12-30之间。", "A date is YYYY-MM-DD, from 1900-01-02 to 2200-12-30.");
        return null;
    }
}
