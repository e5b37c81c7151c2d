namespace Trading.Projections;

/// <summary>A row that is found by words.</summary>
public interface IWorded
{
    /// <summary>Folded, with the marks of its ranks: what decides.</summary>
    string Wording { get; }

    /// <summary>The same as it was written, titles first.</summary>
    IReadOnlyList<string> Texts { get; }
}
