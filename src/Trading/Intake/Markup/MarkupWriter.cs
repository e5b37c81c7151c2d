using System.Drawing;
using System.Text;

namespace Trading.Intake.Markup;

/// <summary>Writes what of a tree is published, each tag closed where it belongs. What a reader of the original does not see is left out and counted.</summary>
internal sealed class MarkupWriter(StyleSheet sheet, int most)
{
    /// <summary>Nobody who follows a link learns where it stands, and search engines give no weight to it.</summary>
    private const string Rel = "nofollow noopener noreferrer";

    private readonly StringBuilder html = new();
    private readonly Dictionary<string, string> declared = [];
    private readonly List<string> style = [];

    /// <summary>Characters, and pictures, that were left out because a reader does not see them.</summary>
    public int Hidden { get; private set; }

    /// <summary>Whether a parser reads what is written as it was written.</summary>
    public bool IsSettled { get; private set; } = true;

    public override string ToString() => html.ToString();

    public void Write(MarkupDocument document) => Write(document.Root!, Look.OfPage, 0);

    private void WriteContent(MarkupElement element, Look look, int depth)
    {
        MarkupBudget.Nesting(depth);
        foreach (var child in element.Children)
        {
            if (child is MarkupText { Text: var text }) Write(text, look);
            else Write((MarkupElement)child, look, depth + 1);
            MarkupBudget.Length(html.Length, most);
        }
    }

    private void Write(string text, Look look)
    {
        if (look.Shows || string.IsNullOrWhiteSpace(text)) Escape(text, "&<>\u00a0");
        else Hidden += Weight(text);
    }

    private void Write(MarkupElement element, Look around, int depth)
    {
        element.Budget.Token();
        if (Permitted.IsUnread(element)) return;
        declared.Clear();
        sheet.Apply(element, declared);
        if (element["style"] is { } own) Declarations.Read(own, declared);
        if (around.Inside(element, declared) is not { } look)
        {
            Hidden += Weight(element);
            return;
        }

        if (!Permitted.IsPublished(element))
        {
            IsSettled &= !Permitted.IsBoundary(element);
            WriteContent(element, look, depth);
            return;
        }

        if (element.Name is "img" && !look.Visible)
        {
            Hidden++;
            return;
        }

        html.Append('<').Append(element.Name);
        foreach (var attribute in element.Attributes) Write(element, attribute, look);
        if (Style(look) is { Length: > 0 } kept) Write("style", kept);
        html.Append('>');
        if (Permitted.IsEmpty(element.Name)) return;
        // A parser drops the line break that follows such a tag.
        if (element.Name is "pre" && element.Children is [MarkupText { Text: ['\n', ..] }, ..]) html.Append('\n');
        WriteContent(element, look, depth);
        html.Append("</").Append(element.Name).Append('>');
    }

    private void Write(MarkupElement element, MarkupAttribute attribute, Look look)
    {
        switch (attribute.Name)
        {
            case "href" when element.Name is "a" && Permitted.Link(attribute.Value) is { } link:
                Write("href", link);
                Write("rel", Rel);
                break;
            case "src" when element.Name is "img" && Permitted.IsStillPicture(attribute.Value):
            case "color" or "bgcolor" when !look.Plain && Look.ColorOf(attribute.Value) is not null:
            case var name when Permitted.IsAttribute(name, attribute.Value):
                Write(attribute.Name, attribute.Value);
                break;
        }
    }

    private string Style(Look look)
    {
        style.Clear();
        foreach (var (property, value) in declared)
        {
            if (Permitted.IsStyle(property, value)) style.Add($"{property}: {value}");
            else if (property is "color" or "background-color" or "background" && !look.Plain && Look.ColorOf(value) is { A: > 0 } color)
                style.Add($"{(property is "color" ? property : "background-color")}: {ColorTranslator.ToHtml(Color.FromArgb(color.ToArgb())).ToLowerInvariant()}");
        }

        return string.Join("; ", style);
    }

    private void Write(string attribute, string value)
    {
        html.Append(' ').Append(attribute).Append("=\"");
        Escape(value, "&<>\"\u00a0");
        html.Append('"');
    }

    private void Escape(string text, string special)
    {
        for (var at = 0; at < text.Length;)
        {
            var next = text.AsSpan(at).IndexOfAny(special);
            if (next < 0) next = text.Length - at;
            html.Append(text, at, next);
            at += next;
            if (at < text.Length)
                html.Append(text[at++] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", _ => "&nbsp;" });
        }
    }

    private static int Weight(string text) => text.Count(character => !char.IsWhiteSpace(character));

    private static int Weight(MarkupElement element)
    {
        var (weight, pending) = (0, new Stack<MarkupNode>([element]));
        while (pending.TryPop(out var node))
        {
            if (node is MarkupText { Text: var text }) weight += Weight(text);
            if (node is MarkupElement { Name: "img" }) weight++;
            if (node is MarkupElement inner && Permitted.IsUnread(inner)) continue;
            foreach (var child in node.Children) pending.Push(child);
        }

        return weight;
    }
}
