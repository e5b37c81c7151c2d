using System.Globalization;
using System.Text;

namespace Trading.Projections;

/// <summary>
/// 归一化: text as it is compared in a search. Compatibility forms are one (NFKC), case is none, traditional characters are simplified,
/// and only letters and digits count. What is written without word boundaries stands as it is; words and numbers of other scripts are
/// whole, which a blank on both sides says.
/// </summary>
public static class Folding
{
    /// <summary>Folded texts one after the other; nothing that is found stands in two of them.</summary>
    public static string Texts(IEnumerable<string?> texts)
    {
        var folded = new StringBuilder();
        foreach (var text in texts.OfType<string>().Distinct())
        {
            var runs = string.Join(' ', Runs(text));
            if (runs.Length > 0) folded.Append(' ').Append(runs).Append(" \n");
        }

        return folded.ToString();
    }

    /// <summary>What stands in the folded text exactly where the word stands in the text; empty when there is nothing in it to be found by.</summary>
    public static string Word(string word)
    {
        var runs = Runs(word);
        if (runs.Count is 0) return "";
        var pattern = string.Join(' ', runs);
        return (IsUnbroken(runs[0]) ? "" : " ") + pattern + (IsUnbroken(runs[^1]) ? "" : " ");
    }

    /// <summary>The parts by which a folded text or word is looked up: pairs of neighbours where there are no word boundaries, and whole words.</summary>
    public static IEnumerable<string> Parts(string folded)
    {
        foreach (var run in folded.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsUnbroken(run))
            {
                yield return run;
                continue;
            }

            var characters = run.EnumerateRunes().ToArray();
            for (var i = 1; i < characters.Length; i++) yield return characters[i - 1].ToString() + characters[i];
        }
    }

    private static List<string> Runs(string text)
    {
        var runs = new List<string>();
        var run = new StringBuilder();
        bool? unbroken = null;
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            bool? kind = Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber ? IsUnbroken(rune) : null;
            if (kind != unbroken && run.Length > 0)
            {
                runs.Add(run.ToString());
                run.Clear();
            }

            unbroken = kind;
            if (kind is not null) run.Append(Simplified.Of(Rune.ToLowerInvariant(rune)));
        }

        if (run.Length > 0) runs.Add(run.ToString());
        return runs;
    }

    private static bool IsUnbroken(string run) => Rune.GetRuneAt(run, 0) is var first && IsUnbroken(first);

    private static bool IsUnbroken(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;
}
