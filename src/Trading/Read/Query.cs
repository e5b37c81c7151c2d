using System.Text.Json;
using System.Text.RegularExpressions;
using Trading.Kernel;
using Trading.Log;
using Trading.Projections;

namespace Trading.Read;

/// <summary>
/// The conditions of one list, read from the query string: every parameter is known and well-formed, or the request is refused. Pages
/// are keyset pages: a page begins behind the last item of the one before, whatever has been inserted since.
/// </summary>
/// <param name="whole">The order in which all of it is gone through, where there are no pages.</param>
public sealed partial class Query(HttpContext http, Sorting? whole = null) : AskedPage(http, whole)
{
    public const int MostDays = 36_500;

    /// <summary>Of a row that is found by words.</summary>
    internal const string Wording = "d.wording";

    private readonly List<string> conditions = [];
    private readonly List<object> values = [];
    private readonly List<int> terms = [];
    private readonly List<int[]> alternatives = [];
    private readonly Dictionary<string, (object? Least, object? Most)> bounds = [];
    private readonly List<string> words = [];
    private readonly List<Facet> facets = [];

    /// <summary>Filters of which each value has a great part of all rows.</summary>
    private static readonly HashSet<string> broad = ["category", "type", "stage", "status", "lotStatus"];

    /// <summary>What must hold of a row, with a question mark for each of <see cref="Values"/>.</summary>
    public IReadOnlyList<string> Conditions => conditions;

    public IReadOnlyList<object> Values => values;

    /// <summary>By all of which it is found, and by one of each of <see cref="Alternatives"/>: where to look, while the conditions decide.</summary>
    public IReadOnlyList<int> Terms => terms;

    public IReadOnlyList<int[]> Alternatives => alternatives;

    /// <summary>Whether anything is asked for that few rows may have.</summary>
    public bool IsNarrow { get; private set; }

    /// <summary>Folded: what the wording has, all of it.</summary>
    public IReadOnlyList<string> Words => words;

    /// <summary>What the items are counted by.</summary>
    public IReadOnlyList<Facet> Facets => facets;

    /// <summary>Whether it is shown where the words stand.</summary>
    public bool Highlight { get; private set; }

    /// <summary>How many digits of a region's code were asked for.</summary>
    public int RegionDigits { get; private set; }

    /// <summary>Whether nothing but these columns is asked about.</summary>
    public bool IsWithin(IReadOnlyList<string> columns) => conditions.All(condition => Column().Matches(condition).All(column => columns.Contains(column.Value)));

    /// <summary>Between what a column lies, where that was asked.</summary>
    public (object? Least, object? Most) Bounds(string column) => bounds.GetValueOrDefault(column);

    /// <param name="usual">What is meant when the parameter is left out; everything when null.</param>
    public Query Is(string column, string parameter, IReadOnlyList<string> among, string[]? usual = null) =>
        (Among(parameter, among) ?? usual) is { } chosen ? Where($"{column} = any(?)", chosen).Found(parameter, chosen) : this;

    public Query EqualsText(string column, string parameter) => Value(parameter) is { } text ? Where($"{column} = ?", text) : this;

    public Query Within(string column, string parameter)
    {
        if (Region(parameter) is not var (first, last)) return this;
        RegionDigits = first.Zip(last).TakeWhile(pair => pair.First == pair.Second).Count();
        return Where($"{column} >= ?", first).Where($"{column} <= ?", last).Found(parameter, first[..RegionDigits]);
    }

    /// <summary>Has all the words, wherever they stand.</summary>
    public Query Says(string parameter)
    {
        if (Value(parameter) is not { } text) return this;
        words.AddRange(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Folding.Word).Where(word => word is not "").Distinct());
        var looked = words.SelectMany(word => Projections.Terms.OfWord(word)).ToList();
        if (looked.Count is 0) return Wrong(parameter, "words.form", "须含至少两个连续的汉字，或一个完整的词、数字或代码。", "At least two characters in a row, or a whole word, number or code.");
        terms.AddRange(looked);
        IsNarrow = true;
        foreach (var word in words) Where($"strpos({Wording}, ?) > 0", word);
        return this;
    }

    /// <summary>Shows where the words stand, if that is wished.</summary>
    public Query Shows(string parameter)
    {
        var wish = Value(parameter);
        if (wish is not (null or "true" or "false")) return Wrong(parameter, "unknown-value", "须为true或false。", "true or false.");
        Highlight = wish is "true";
        return Highlight && words.Count is 0 ? NeedsWords(parameter) : this;
    }

    /// <summary>Counts all that is found, not only the page.</summary>
    public Query Counts(string parameter, IReadOnlyList<Facet> among)
    {
        if (Among(parameter, [.. among.Select(facet => facet.Name)]) is { } names) facets.AddRange(among.Where(facet => names.Contains(facet.Name)));
        return this;
    }

    /// <summary>Groups all that is found by several together, in the order in which they are asked for.</summary>
    public Query Groups(string parameter, IReadOnlyList<Facet> among, int most)
    {
        if (Chosen(parameter, [.. among.Select(facet => facet.Name)], most) is { } names) facets.AddRange(names.Select(name => among.Single(facet => facet.Name == name)));
        return this;
    }

    /// <summary>What lies within somebody's reach; nothing when it is null.</summary>
    public Query Reaching(string column, RegionPrefix? reach) => reach is null
        ? Where("?", false)
        : Where($"{column} like ?", reach == RegionPrefix.Everywhere ? "%" : $"{reach}%");

    /// <summary>At least so many days old.</summary>
    public Query Aged(string column, string parameter, DateTimeOffset now) =>
        Number(parameter, 0, MostDays) is { } days ? Where($"{column} <= ?", now.ToUniversalTime().AddDays(-days)) : this;

    public Query Matches<T>(string column, string parameter) where T : IWritten<T>
    {
        if (Value(parameter) is not { } text) return this;
        try
        {
            return Where($"{column} = ?", T.Parse(text).ToString()!).Found(parameter, T.Parse(text).ToString()!);
        }
        catch (InvalidValueException invalid)
        {
            return Wrong(parameter, invalid.Flaw.Code, invalid.Flaw.Wording.Zh, invalid.Flaw.Wording.En);
        }
    }

    public Query EqualsId(string column, string parameter)
    {
        if (Value(parameter) is not { } text) return this;
        return Guid.TryParseExact(text, "D", out var id) ? Where($"{column} = ?", id).Found(parameter, id.ToString()) : Wrong(parameter, "id.form", "标识格式不正确。", "Not an id.");
    }

    /// <summary>A list member of the document contains the text.</summary>
    public Query Holds(string member, string parameter) =>
        Value(parameter) is { } text
            ? Where("d.data @> ?::jsonb", JsonSerializer.Serialize(new Dictionary<string, string[]> { [member] = [text] }, WireJson.Stored)).Found(parameter, text)
            : this;

    /// <summary>A list member of the document contains one of a closed set.</summary>
    public Query HoldsOneOf(string member, string parameter, IReadOnlyList<string> among) =>
        Value(parameter) is { } text && !among.Contains(text)
            ? Wrong(parameter, "unknown-value", $"须为以下值之一：{string.Join("、", among)}。", $"One of: {string.Join(", ", among)}.")
            : Holds(member, parameter);

    /// <summary>Bounds in time, both included; a date stands for its whole day in China Standard Time.</summary>
    public Query Between(string column, string from, string to)
    {
        var (first, last) = (Time(from, LegalTime.StartOf)?.ToUniversalTime(), Time(to, LegalTime.EndOf)?.ToUniversalTime());
        if (first is not null) Where($"{column} >= ?", first);
        if (last is not null) Where($"{column} <= ?", last);
        bounds[column] = (first, last);
        return this;
    }

    /// <summary>Bounds in 元, both included.</summary>
    public Query BetweenAmounts(string column, string from, string to)
    {
        var (least, most) = (Amount(from), Amount(to));
        if (least is not null) Where($"{column} >= ?", least);
        if (most is not null) Where($"{column} <= ?", most);
        bounds[column] = (least, most);
        return this;
    }

    /// <summary>Only what had been recorded by then.</summary>
    /// <param name="versions">Whether rows are versions, of which a later one takes the place of an earlier.</param>
    public Query RecordedBy(AsOf asOf, bool versions)
    {
        if (asOf.Time is { } time)
        {
            Where("d.recorded_at <= ?", time.ToUniversalTime());
            return versions ? Where("(d.superseded_at is null or d.superseded_at > ?)", time.ToUniversalTime()) : this;
        }

        Where(Positions.IsReached("d.procedure_id", "d.event_version", "?"), asOf.Position!);
        return versions ? Where($"not {Positions.IsReached("d.procedure_id", "d.superseded_by", "?")}", asOf.Position!) : this;
    }

    public Query SortBy(IReadOnlyList<Sorting> allowed)
    {
        ReadOrder(allowed);
        return Sort.IsRelevance && words.Count is 0 ? NeedsWords("sort") : this;
    }

    /// <summary>One item more than the page holds, so that it is known whether another page follows.</summary>
    public (string Sql, object[] Values) Build()
    {
        if (After is not null)
        {
            Where($"({Sort.Column}, d.id) {(Sort.Descending ? "<" : ">")} (?::{Sort.Type}, ?)", After.Key);
            values.Add(After.Id);
        }

        var direction = Sort.Descending ? "desc" : "asc";
        var where = conditions.Count is 0 ? "" : "where " + string.Join(" and ", conditions);
        return ($"{where} order by {Sort.Column} {direction}, d.id {direction} limit {Limit + 1}", [.. values]);
    }

    private Query Where(string condition, object value)
    {
        conditions.Add(condition);
        values.Add(value);
        return this;
    }

    private Query Found(string filter, params string[] oneOf)
    {
        int[] numbers = [.. oneOf.Select(value => Projections.Terms.Of(filter, value)).Distinct()];
        IsNarrow |= !broad.Contains(filter);
        if (numbers is [var one]) terms.Add(one);
        else alternatives.Add(numbers);
        return this;
    }

    private Query NeedsWords(string parameter) => Wrong(parameter, "words.absent", "须与检索词q一并给出。", "Goes with words to search for, q.");

    [GeneratedRegex(@"\bd\.\w+")]
    private static partial Regex Column();

    private new Query Wrong(string parameter, string code, string zh, string en)
    {
        base.Wrong(parameter, code, zh, en);
        return this;
    }
}
