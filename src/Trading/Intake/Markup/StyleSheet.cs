using System.Buffers;

namespace Trading.Intake.Markup;

/// <summary>
/// The style elements of a text: rules for elements, classes and ids, also inside others, for the screen. What depends on attributes, states or
/// neighbours is not read.
/// </summary>
internal sealed class StyleSheet(MarkupBudget budget)
{
    private static readonly SearchValues<char> unreadSelectors = SearchValues.Create("[:+~&\\");
    private static readonly char[] combinators = ['>', ' ', '\t', '\n', '\r', '\f'];

    // Blocks of @media within each other.
    private const int DeepestMedia = 3;

    private readonly Dictionary<string, List<(Compound[] Path, KeyValuePair<string, string>[] Declared)>> rules = new(StringComparer.OrdinalIgnoreCase);

    public static StyleSheet Of(MarkupDocument document)
    {
        var sheet = new StyleSheet(document.Budget);
        var pending = new Stack<MarkupNode>([document]);
        while (pending.TryPop(out var node))
        {
            if (node is MarkupElement { Name: "style" })
                sheet.Read(Declarations.WithoutComments(string.Concat(node.Children.OfType<MarkupText>().Select(text => text.Text))));
            for (var i = node.Children.Count - 1; i >= 0; i--)
                if (node.Children[i] is MarkupElement) pending.Push(node.Children[i]);
        }

        return sheet;
    }

    /// <summary>Adds what the rules declare for an element, in the order of the text.</summary>
    public void Apply(MarkupElement element, Dictionary<string, string> declared)
    {
        if (rules.Count is 0) return;
        Apply("*");
        Apply(element.Name);
        foreach (var name in element.Classes) Apply("." + name);
        if (element["id"] is { } id) Apply("#" + id);

        void Apply(string key)
        {
            element.Budget.Step();
            if (!rules.TryGetValue(key, out var found)) return;
            foreach (var (path, properties) in found)
            {
                element.Budget.Step(path.Length);
                if (!Matches(element, path)) continue;
                element.Budget.Step(4 * properties.Length);
                foreach (var (property, value) in properties) declared[property] = value;
            }
        }
    }

    private static bool Matches(MarkupElement element, Compound[] path)
    {
        if (!path[^1].Matches(element)) return false;
        var ancestor = element.Parent as MarkupElement;
        for (var i = path.Length - 2; i >= 0; i--)
        {
            while (ancestor is not null && !path[i].Matches(ancestor)) ancestor = ancestor.Parent as MarkupElement;
            if (ancestor is null) return false;
            ancestor = ancestor.Parent as MarkupElement;
        }

        return true;
    }

    private void Read(string text, int depth = 0)
    {
        for (var at = 0; at < text.Length;)
        {
            budget.Token();
            var open = text.IndexOf('{', at);
            if (open < 0) return;
            var prelude = text[at..open].Replace("<!--", "", StringComparison.Ordinal).Replace("-->", "", StringComparison.Ordinal);
            prelude = prelude[(prelude.LastIndexOfAny([';', '}']) + 1)..].Trim();
            var close = prelude is ['@', ..] ? End(text, open) : text.IndexOf('}', open);
            if (close < 0) close = text.Length;
            var block = text[(open + 1)..close];
            if (prelude is not ['@', ..]) Add(prelude, block);
            else if (depth < DeepestMedia && prelude.StartsWith("@media", StringComparison.OrdinalIgnoreCase) && !prelude.Contains("print", StringComparison.OrdinalIgnoreCase))
                Read(block, depth + 1);
            at = close + 1;
        }
    }

    private void Add(string selectors, string declarations)
    {
        var read = new Dictionary<string, string>();
        Declarations.Read(declarations, read);
        KeyValuePair<string, string>[] declared = [.. read];   // one array for all selectors of the block: a copy for each would take memory by their product
        foreach (var selector in selectors.Split(','))
        {
            if (selector.AsSpan().ContainsAny(unreadSelectors)) continue;
            var path = Array.ConvertAll(selector.Split(combinators, StringSplitOptions.RemoveEmptyEntries), Compound.Read);
            if (path.Length is 0) continue;
            if (!rules.TryGetValue(path[^1].Key, out var known)) rules[path[^1].Key] = known = [];
            known.Add((path, declared));
        }
    }

    /// <summary>Where the block that opens there ends.</summary>
    private static int End(string text, int open)
    {
        for (var (at, depth) = (open, 0); at < text.Length; at++)
        {
            if (text[at] is '{') depth++;
            if (text[at] is '}' && --depth is 0) return at;
        }

        return -1;
    }

    /// <summary>One step of a selector, such as <c>p.note</c>.</summary>
    private sealed record Compound(string? Element, string[] Classes, string? Id)
    {
        public string Key => Id is not null ? "#" + Id : Classes is [var first, ..] ? "." + first : Element ?? "*";

        public static Compound Read(string text)
        {
            var (element, classes, id) = ((string?)null, new List<string>(), (string?)null);
            for (var at = 0; at < text.Length;)
            {
                var end = text.AsSpan(at + 1).IndexOfAny('.', '#') is >= 0 and var next ? at + 1 + next : text.Length;
                var part = text[at..end];
                if (part is ['.', ..]) classes.Add(part[1..]);
                else if (part is ['#', ..]) id = part[1..];
                else if (part is not "*") element = part;
                at = end;
            }

            return new Compound(element, [.. classes], id);
        }

        public bool Matches(MarkupElement element)
        {
            element.Budget.Step(1 + Classes.Length * element.Classes.Length);
            return (Element is null || element.Name.Equals(Element, StringComparison.OrdinalIgnoreCase))
                && (Id is null || element["id"] == Id)
                && (Classes.Length is 0 || Array.TrueForAll(Classes, element.Classes.Contains));
        }
    }
}
