using System.Globalization;
using Trading.Kernel;

namespace Trading.Http;

/// <summary>The query string of a request, read strictly: every parameter is known, stands once and is well-formed, or the request is refused.</summary>
public class AskedParameters(HttpContext http)
{
    private readonly IQueryCollection parameters = http.Request.Query;
    private readonly Language language = http.Language();
    private readonly HashSet<string> known = [];
    private readonly List<ProblemError> errors = [];

    /// <summary>Everything that is wrong with the parameters; empty when nothing is. Asked once, after all that are known were read.</summary>
    public IReadOnlyList<ProblemError> Errors()
    {
        foreach (var name in parameters.Keys.Where(name => !known.Contains(name)))
            errors.Add(new ProblemError(name, "unknown-parameter", BodyGate.UnknownParameter.In(language)));
        return errors;
    }

    public string? Value(string parameter)
    {
        known.Add(parameter);
        if (!parameters.TryGetValue(parameter, out var given)) return null;
        if (given is [{ Length: > 0 and <= Parameter.LongestText } text] && !text.Any(char.IsControl)) return text;
        Wrong(parameter, "parameter.form", "参数须出现一次且不为空。", "A parameter stands once and is not empty.");
        return null;
    }

    public long? Number(string parameter, long least, long most)
    {
        if (Value(parameter) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Wrong(parameter, "number.range", $"须为{least}至{most}的整数。", $"A whole number from {least} to {most}.");
        return null;
    }

    /// <summary>One of a closed set, or several with commas.</summary>
    public string[]? Among(string parameter, IReadOnlyList<string> all)
    {
        if (Value(parameter) is not { } text) return null;
        var chosen = text.Split(',', StringSplitOptions.TrimEntries);
        if (chosen.All(all.Contains)) return chosen;
        Wrong(parameter, "unknown-value", $"须为以下值之一：{string.Join("、", all)}。", $"One of: {string.Join(", ", all)}.");
        return null;
    }

    /// <summary>One of a closed set or several with commas, each once; it may not be left out.</summary>
    public string[]? Chosen(string parameter, IReadOnlyList<string> all, int most)
    {
        if (!parameters.ContainsKey(parameter)) Wrong(parameter, "required", "须给出此参数。", "The parameter is needed.");
        if (Among(parameter, all) is not { } chosen) return null;
        if (chosen.Length > most) Wrong(parameter, "too-many", $"最多{most}个。", $"At most {most}.");
        else if (chosen.Distinct().Count() < chosen.Length) Wrong(parameter, "twice", "不得重复。", "Each stands once.");
        else return chosen;
        return null;
    }

    /// <summary>Null where nothing is left out by it.</summary>
    public (string First, string Last)? Region(string parameter)
    {
        if (Value(parameter) is not { } text) return null;
        if (Written.TryParse<RegionPrefix>(text) is not { } prefix)
        {
            Wrong(parameter, RegionPrefix.WrongForm.Code, RegionPrefix.WrongForm.Wording.Zh, RegionPrefix.WrongForm.Wording.En);
            return null;
        }

        return prefix == RegionPrefix.Everywhere
            ? null
            : (prefix.ToString().PadRight(RegionCode.Digits, '0'), prefix.ToString().PadRight(RegionCode.Digits, '9'));
    }

    protected void Known(string parameter) => known.Add(parameter);

    public void Wrong(string parameter, string code, string zh, string en) =>
        errors.Add(new ProblemError(parameter, code, language is Language.En ? en : zh));

    /// <summary>Tells queries of different filters apart.</summary>
    protected string AllBut(params string[] names) => string.Join(
        '&', parameters.Where(p => !names.Contains(p.Key)).Select(p => $"{p.Key}={p.Value}").Order(StringComparer.Ordinal));
}
