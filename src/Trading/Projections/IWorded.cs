namespace Trading.Projections;

/// <summary>A row that is found by words.</summary>
public interface IWorded
{
    Guid Id { get; }

    /// <summary>Folded, with the marks of its ranks: what decides. It has a column of its own and is not read again.</summary>
    string Wording { get; }

    /// <summary>The same as it was written, titles first, but for original wordings.</summary>
    IReadOnlyList<string> Texts { get; }
}
