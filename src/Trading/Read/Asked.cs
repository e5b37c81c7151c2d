using System.Globalization;
using Npgsql;
using Trading.Projections;

namespace Trading.Read;

/// <summary>The parts of a search's statement: what is asked, in SQL over a row <c>d</c>, with its values in the command.</summary>
internal sealed class Asked
{
    /// <summary>
    /// For this statement alone: it runs in a transaction of its own. An order whose index ends with the id is not read by the index without it
    /// and sorted, as the planner would where a third of all rows are equal.
    /// </summary>
    public const string Settings = """
        select set_config('statement_timeout', '5000', true), set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
            set_config('enable_incremental_sort', 'off', true), set_config('plan_cache_mode', 'force_custom_plan', true);
        """;

    /// <summary>Steps of a range that may hold a great part of all rows.</summary>
    private const int Wide = 24;

    /// <summary>Sixteen steps each: few enough that going through all of them is quick where hardly anything is found.</summary>
    private const int BlockLevel = 2;

    private readonly Query query;
    private readonly NpgsqlCommand command;
    private readonly IReadOnlyList<string> lookedUp;
    private readonly Func<string, IEnumerable<string>> onStep;

    /// <param name="rank">The only one that is looked for, if any.</param>
    /// <param name="after">Behind what, in the order.</param>
    public Asked(Query query, NpgsqlCommand command, int? rank = null, Cursor? after = null)
    {
        (this.query, this.command) = (query, command);
        var values = new Queue<object>(query.Values);
        var fits = query.Conditions.Select(condition => string.Concat(condition.Split('?').SelectMany((part, i) => i is 0 ? (string[])[part] : [Add(values.Dequeue()), part]))).ToList();
        var terms = query.Terms.ToList();
        if (rank is { } only)
        {
            fits.AddRange(Ranked(only));
            if (only < Ranks.Last) terms.AddRange(query.Words.SelectMany(word => Terms.OfWord(word, only)));
        }

        Fits = All(fits);
        Ends = All(Between(after));
        var all = Add(terms.ToArray());
        var ranges = Ranges().ToList();
        IsVast = !query.IsNarrow && ranges.Any(range => range.Last - range.First >= Wide);
        string[] alternatives = [.. query.Alternatives.Concat(ranges.Select(range => Terms.OfSteps(range.Order, range.First, range.Last))).Select(one => $"d.terms && {Add(one)}")];
        var (first, last, isAll) = Remaining(after);
        (Blocks, Steps) = Cut(first, last);
        lookedUp =
        [
            .. terms.Count is 0 ? (string[])[] : [$"d.terms @> {all}"], .. alternatives,
            .. isAll ? (string[])[] : [$"d.terms && {Add(Terms.OfSteps(Order.Of(query.Sort).Name, first, last))}"],
        ];
        onStep = step => [$"d.terms @> ({all} || {step})", .. alternatives];
    }

    /// <summary>Whether what is looked up is likely to be a great part of all rows, which takes long to put together.</summary>
    public bool IsVast { get; }

    /// <summary>What decides.</summary>
    public string Fits { get; }

    /// <summary>Between what the order is read: from where the page begins, to where the filters end.</summary>
    public string Ends { get; }

    /// <summary>Neighbouring steps of the order, together; those that hold anything of the page or of those behind it, in order.</summary>
    public string Blocks { get; }

    /// <summary>The steps themselves, and in which of the blocks each is, from 1 on.</summary>
    public string Steps { get; }

    /// <summary>What fits, from where it is looked up.</summary>
    public string Found(string table) => lookedUp.Count is 0 ? $"{table} as d where {All([Ends, Fits])}" : Fenced(table, lookedUp);

    /// <summary>All that fits, to be counted.</summary>
    /// <param name="covered">Columns that stand in one index with all that is counted: with conditions on nothing else it answers alone.</param>
    public string Counted(string table, IReadOnlyList<string> covered) => query.IsWithin(covered) ? $"{table} as d where {Fits}" : Found(table);

    /// <summary>Likewise on a step or block, which is a column.</summary>
    public string FoundOn(string step, string table) => Fenced(table, onStep(step));

    // Whatever the planner thinks of the conditions, it looks up by the terms: no index of another column would do for hundreds of steps.
    private string Fenced(string table, IEnumerable<string> terms) => $"(select * from {table} as d where {All(terms)} offset 0) as d where {All([Ends, Fits])}";

    /// <summary>The rank of a row is the least of its words': whether a word stands above a mark is whether it first stands there.</summary>
    private IEnumerable<string> Ranked(int rank)
    {
        string[] words = [.. query.Words.Select(Add)];
        string Above(char mark) => All(words.Select(word => $"strpos({Query.Wording}, {word}) < strpos({Query.Wording}, {Add(mark.ToString())})"));
        if (rank < Ranks.Last) yield return Above(rank is 1 ? Folding.EndOfTitles : Folding.EndOfNames);
        if (rank > 1) yield return $"not ({Above(rank is 2 ? Folding.EndOfTitles : Folding.EndOfNames)})";
    }

    private List<string> Between(Cursor? after)
    {
        var sort = query.Sort;
        var ends = new List<string>();
        if (after is not null)
            ends.Add($"({sort.Column}, d.id) {(sort.Descending ? "<" : ">")} ({Add(after.Key)}::{sort.Type}, {Add(after.Id)})");
        var (least, most) = Order.Of(sort).Bounds(query);
        if (least is not null) ends.Add($"{sort.Column} >= {Add(least)}");
        if (most is not null) ends.Add($"{sort.Column} <= {Add(most)}");
        return ends;
    }

    /// <summary>The steps of the order that hold anything of the page or of those behind it, and whether these are all there are.</summary>
    private (int First, int Last, bool IsAll) Remaining(Cursor? after)
    {
        var order = Order.Of(query.Sort);
        var all = (First: 0, Last: Math.Max(order.Some.End.Value, order.None.End.Value) - 1);
        var (first, last) = order.Bounds(query) is var (least, most) && (least ?? most) is not null ? order.Between(least, most) : all;
        if (after is not null && query.Sort.Descending) last = Math.Min(last, order.Step(after));
        else if (after is not null) first = Math.Max(first, order.Step(after));
        return (first, last, (first, last) == all);
    }

    private (string Blocks, string Steps) Cut(int first, int last)
    {
        var order = Order.Of(query.Sort);
        var steps = Enumerable.Range(first, Math.Max(0, last - first + 1));
        var level = IsVast ? 0 : BlockLevel;
        var blocks = (query.Sort.Descending ? steps.Reverse() : steps).GroupBy(step => Projections.Steps.At(step, level)).ToList();
        return (
            Add(blocks.Select(block => Terms.OfStep(order.Name, block.Key, level)).ToArray()),
            $"{Add(blocks.SelectMany(block => block).Select(step => Terms.OfStep(order.Name, step)).ToArray())}, {Add(blocks.SelectMany((block, i) => block.Select(_ => i + 1)).ToArray())}");
    }

    /// <summary>Where to look for what lies between bounds of another order than that of the list.</summary>
    private IEnumerable<(string Order, int First, int Last)> Ranges() =>
        from order in Order.All
        where order.Key != query.Sort.Column
        let bounds = order.Bounds(query)
        where (bounds.Least ?? bounds.Most) is not null
        let steps = order.Between(bounds.Least, bounds.Most)
        select (order.Name, steps.First, steps.Last);

    private static string All(IEnumerable<string> conditions) => string.Join(" and ", conditions.DefaultIfEmpty("true"));

    private string Add(object value)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"p{command.Parameters.Count}");
        command.Parameters.Add(new NpgsqlParameter(name, value));
        return "@" + name;
    }
}
