using System.Globalization;
using System.Text;
using Trading.Kernel;

namespace Trading.Projections;

/// <summary>
/// 归一化: text as it is compared in a search. Compatibility forms are one (NFKC), case is none, traditional characters are simplified,
/// and only letters and digits count. What is written without word boundaries stands as it is; words and numbers of other scripts are
/// whole, which a blank on both sides says.
/// </summary>
public static class Folding
{
    /// <summary>Stands behind the titles, and behind the names and codes after them, in folded texts.</summary>
    public const char EndOfTitles = '|', EndOfNames = '‖';

    /// <summary>Folded texts one after the other; nothing that is found stands in two of them.</summary>
    public static string Texts(IEnumerable<string?> texts)
    {
        var folded = new StringBuilder();
        foreach (var text in texts.OfType<string>().Distinct())
        {
            var one = Located(text).Folded;
            if (one.Length > 1) folded.Append(one).Append('\n');
        }

        return folded.ToString();
    }

    /// <summary>What stands in the folded text exactly where the word stands in the text; empty when there is nothing in it to be found by.</summary>
    public static string Word(string word)
    {
        var runs = Runs(word);
        if (runs.Length is 0) return "";
        var pattern = string.Join(' ', runs);
        return (IsUnbroken(runs[0]) ? "" : " ") + pattern + (IsUnbroken(runs[^1]) ? "" : " ");
    }

    /// <summary>The parts by which a folded text or word is looked up: pairs of neighbours where there are no word boundaries, and whole words.</summary>
    /// <param name="apart">Whether each character is in one pair where that will do: fewer to look up, and what is found is looked at anyway.</param>
    public static IEnumerable<string> Parts(string folded, bool apart = false)
    {
        foreach (var run in folded.Split([' ', '\n', EndOfTitles, EndOfNames], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsUnbroken(run))
            {
                yield return run;
                continue;
            }

            var characters = run.EnumerateRunes().ToArray();
            for (var i = 1; i < characters.Length; i++)
                if (!apart || i % 2 is 1 || i == characters.Length - 1) yield return characters[i - 1].ToString() + characters[i];
        }
    }

    /// <summary>The folded text, and for each of its characters where in the text it comes from; a blank comes from nowhere.</summary>
    public static (string Folded, IReadOnlyList<Range> Origins) Located(string text)
    {
        var folded = new StringBuilder(" ");
        var origins = new List<Range> { default };
        bool? before = null;
        for (var start = 0; start < text.Length;)
        {
            // Nothing is composed across the characters a reader sees.
            var isAlone = IsCompatible(text[start]) && (start + 1 == text.Length || IsCompatible(text[start + 1]));
            var length = isAlone ? 1 : StringInfo.GetNextTextElementLength(text.AsSpan(start));
            var origin = start..(start + length);
            if (isAlone) Take(new Rune(text[start]), origin);
            else
                foreach (var rune in Compatible.Of(text.Substring(start, length)).EnumerateRunes()) Take(rune, origin);
            start += length;
        }

        if (folded[^1] is not ' ') Add(" ", default);
        return (folded.ToString(), origins);

        void Take(Rune rune, Range origin)
        {
            var kind = Kind(rune);
            if (kind != before && folded[^1] is not ' ') Add(" ", default);
            if (kind is not null) Add(Simplified.Of(Rune.ToLowerInvariant(rune)).ToString(), origin);
            before = kind;
        }

        void Add(string characters, Range origin)
        {
            folded.Append(characters);
            origins.AddRange(Enumerable.Repeat(origin, characters.Length));
        }
    }

    /// <summary>Whether a character is its own compatibility form (NFKC) and never combines with a neighbour of its kind. True of ASCII and of the unified ideographs of Unicode 1.1, which make up nearly all of a Chinese text.</summary>
    internal static bool IsCompatible(char character) => character is <= '\u007F' or (>= '\u4E00' and <= '\u9FA5');

    private static string[] Runs(string text) => Located(text).Folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool? Kind(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber ? IsUnbroken(rune) : null;

    private static bool IsUnbroken(string run) => Rune.GetRuneAt(run, 0) is var first && IsUnbroken(first);

    private static bool IsUnbroken(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;
}
