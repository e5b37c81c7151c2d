namespace Trading.Projections;

/// <summary>
/// 可检索文本: what is said of a thing in public, each text once and as it was written: first its titles, then names and codes of parties and
/// of itself, then all else.
/// </summary>
/// <param name="Named">How many of <paramref name="All"/> are titles, names or codes; <paramref name="Titles"/> of them are titles.</param>
public sealed record PublicTexts(IReadOnlyList<string> All, int Titles, int Named)
{
    private string? folded;

    /// <summary>原文: the original wordings, which stand behind all else and can be erased.</summary>
    public IReadOnlyList<string> Originals
    {
        get;
        init
        {
            field = value;
            folded = null;
        }
    } = [];

    /// <summary>What words are looked for in: folded, with a mark behind the titles and one behind the names.</summary>
    public string Folded => folded ??=
        $"{Folding.Texts(All.Take(Titles))} {Folding.EndOfTitles}{Folding.Texts(All.Take(Titles..Named))} {Folding.EndOfNames}{Folding.Texts(All.Skip(Named).Concat(Originals))}";

    /// <summary>Whether the same is said in the same places; told without folding anything.</summary>
    public bool IsAs(PublicTexts other) => (Titles, Named) == (other.Titles, other.Named) && All.SequenceEqual(other.All);

    public static PublicTexts Of(IEnumerable<string?> titles, IEnumerable<string?> names, IEnumerable<string?> others)
    {
        string[] first = [.. titles.OfType<string>().Distinct()];
        string[] named = [.. first.Concat(names.OfType<string>()).Distinct()];
        return new PublicTexts([.. named.Concat(others.OfType<string>()).Distinct()], first.Length, named.Length);
    }
}
