using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Trading.Http;
using Trading.Kernel;
using Trading.Log;
using Trading.Projections;

namespace Trading.Read;

/// <summary>
/// The conditions of one list, read from the query string: every parameter is known and well-formed, or the request is refused. Pages
/// are keyset pages: a page begins behind the last item of the one before, whatever has been inserted since.
/// </summary>
public sealed class Query : AskedParameters
{
    public const int MostItems = 200;
    public const int UsualItems = 50;
    public const int MostDays = 36_500;

    private readonly List<string> conditions = [];
    private readonly List<object> values = [];
    private readonly List<int> terms = [];
    private readonly List<int[]> alternatives = [];
    private readonly Dictionary<string, (object? Least, object? Most)> bounds = [];
    private Cursor? after;

    public Query(HttpContext http) : base(http)
    {
        foreach (var name in (string[])["cursor", "sort"]) Known(name);
        Limit = (int)(Number("limit", 1, MostItems) ?? UsualItems);
    }

    public int Limit { get; }

    public Sorting Sort { get; private set; } = null!;

    /// <summary>What must hold of a row, with a question mark for each of <see cref="Values"/>.</summary>
    public IReadOnlyList<string> Conditions => conditions;

    public IReadOnlyList<object> Values => values;

    /// <summary>By all of which it is found, and by one of each of <see cref="Alternatives"/>: where to look, while the conditions decide.</summary>
    public IReadOnlyList<int> Terms => terms;

    public IReadOnlyList<int[]> Alternatives => alternatives;

    /// <summary>Where the page begins, if not at the beginning.</summary>
    public Cursor? After => after;

    /// <summary>Between what a column lies, where that was asked.</summary>
    public (object? Least, object? Most) Bounds(string column) => bounds.GetValueOrDefault(column);

    /// <param name="usual">What is meant when the parameter is left out; everything when null.</param>
    public Query Is(string column, string parameter, IReadOnlyList<string> among, string[]? usual = null) =>
        (Among(parameter, among) ?? usual) is { } chosen ? Where($"{column} = any(?)", chosen).Found(parameter, chosen) : this;

    public Query EqualsText(string column, string parameter) => Value(parameter) is { } text ? Where($"{column} = ?", text) : this;

    public Query Within(string column, string parameter) =>
        Region(parameter) is var (first, last)
            ? Where($"{column} >= ?", first).Where($"{column} <= ?", last).Found(parameter, first[..(first.Zip(last).TakeWhile(pair => pair.First == pair.Second).Count())])
            : this;

    /// <summary>Has all the words, wherever they stand.</summary>
    public Query Says(string column, string parameter)
    {
        if (Value(parameter) is not { } text) return this;
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Folding.Word).Where(word => word is not "").Distinct().ToList();
        var looked = words.SelectMany(Projections.Terms.OfText).ToList();
        if (looked.Count is 0) return Wrong(parameter, "words.form", "须含至少两个连续的汉字，或一个完整的词、数字或代码。", "At least two characters in a row, or a whole word, number or code.");
        terms.AddRange(looked);
        foreach (var word in words) Where($"strpos({column}, ?) > 0", word);
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
        var text = Value("sort");
        Sort = allowed.FirstOrDefault(s => s.Name == (text ?? allowed[0].Name)) ?? allowed[0];
        if (text is not null && Sort.Name != text)
            Wrong("sort", "unknown-value", $"须为以下值之一：{string.Join("、", allowed.Select(s => s.Name))}。", $"One of: {string.Join(", ", allowed.Select(s => s.Name))}.");

        if (Value("cursor") is { } cursor)
        {
            after = Cursor.TryRead(cursor, Filters(), Sort);
            if (after is null) Wrong("cursor", "cursor.form", "游标无效，或不属于此列表及其排序。", "The cursor is not one of this list in this order.");
        }

        return this;
    }

    public string Write(Cursor cursor) => cursor.Write(Filters(), Sort);

    /// <summary>One item more than the page holds, so that it is known whether another page follows.</summary>
    public (string Sql, object[] Values) Build()
    {
        if (after is not null)
        {
            Where($"({Sort.Column}, d.id) {(Sort.Descending ? "<" : ">")} (?::{Sort.Type}, ?)", after.Key);
            values.Add(after.Id);
        }

        var direction = Sort.Descending ? "desc" : "asc";
        var where = conditions.Count is 0 ? "" : "where " + string.Join(" and ", conditions);
        return ($"{where} order by {Sort.Column} {direction}, d.id {direction} limit {Limit + 1}", [.. values]);
    }

    private string Filters() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(AllBut("limit", "cursor", "sort")))[..8]);

    private Query Where(string condition, object value)
    {
        conditions.Add(condition);
        values.Add(value);
        return this;
    }

    private Query Found(string filter, params string[] oneOf)
    {
        int[] numbers = [.. oneOf.Select(value => Projections.Terms.Of(filter, value)).Distinct()];
        if (numbers is [var one]) terms.Add(one);
        else alternatives.Add(numbers);
        return this;
    }

    private new Query Wrong(string parameter, string code, string zh, string en)
    {
        base.Wrong(parameter, code, zh, en);
        return this;
    }

    private DateTimeOffset? Time(string parameter, Func<DateOnly, DateTimeOffset> ofDay)
    {
        if (Value(parameter) is not { } text) return null;
        if (TimeConverter.TryParse(text, out var time)) return time;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return ofDay(day);
        Wrong(parameter, TimeConverter.WrongForm.Code, TimeConverter.WrongForm.Wording.Zh, TimeConverter.WrongForm.Wording.En);
        return null;
    }

    private decimal? Amount(string parameter)
    {
        if (Value(parameter) is not { } text) return null;
        if (Written.TryRead<Yuan>(text, out var amount)) return amount.Value;
        Wrong(parameter, Yuan.WrongForm.Code, Yuan.WrongForm.Wording.Zh, Yuan.WrongForm.Wording.En);
        return null;
    }
}
