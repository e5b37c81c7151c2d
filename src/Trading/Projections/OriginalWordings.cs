using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Trading.Vault;

namespace Trading.Projections;

/// <summary>原文: the original wordings of notices as plain text, as far as they are not erased.</summary>
public static class OriginalWordings
{
    private const string Text = "text", Html = "html";

    // Whatever else an element is, the words before it and in it do not belong together.
    private static readonly HashSet<string> withinWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp", "small",
        "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    };

    /// <summary>By the ids of the notices; nothing for one that has none, or none any more.</summary>
    public static async Task<ILookup<Guid, string>> Of(IReadOnlyList<NoticeRow> rows, PersonalVault vault, CancellationToken ct)
    {
        var openings = await vault.Openings([.. rows.SelectMany(row => row.Original ?? []).Distinct()], ct);
        return rows.SelectMany(row => row.Original ?? [], (row, digest) => (row.Id, Opening: openings.GetValueOrDefault(digest))).Where(each => each.Opening is not null)
            .Select(each => (each.Id, Member: PersonalVault.Read(each.Opening!))).Where(each => each.Member is { Name: Text or Html, Value: not null })
            .OrderBy(each => each.Member.Name, StringComparer.Ordinal)   // digests are made of chance, and so is their order
            .ToLookup(each => each.Id, each => each.Member.Name is Html ? Plain((string)each.Member.Value!) : (string)each.Member.Value!);
    }

    /// <summary>What is read in HTML: words that a page shows apart are apart.</summary>
    internal static string Plain(string html)
    {
        using var document = new HtmlParser().ParseDocument(html);
        var plain = new System.Text.StringBuilder();
        var left = new Stack<(INode Node, bool Ended)>([(document.Body!, false)]);
        while (left.TryPop(out var next))
        {
            if (next.Node is IText text) plain.Append(text.Data);
            if (next.Node is not IElement element) continue;
            if (!withinWords.Contains(element.LocalName)) plain.Append('\n');
            if (next.Ended) continue;
            left.Push((element, true));
            foreach (var child in element.ChildNodes.Reverse()) left.Push((child, false));
        }

        return plain.ToString();
    }
}
