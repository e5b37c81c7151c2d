using System.Collections.Frozen;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Law.Packs;

/// <summary>必备内容: one version of what the law wants a notice to say, as a pack states it.</summary>
/// <param name="Demands">By kind of event, in which it has to stand.</param>
/// <param name="Name">The item as the law calls it.</param>
public sealed record ContentRule(
    string Id,
    ProvisionStage Stage,
    FrozenDictionary<Type, ContentDemand> Demands,
    Wording Name,
    RuleScope Scope,
    Severity Severity,
    string Citation,
    Provenance Provenance,
    PackName Pack)
    : PackRule(Id, Stage, Scope, Severity, Citation, Provenance, Pack)
{
    /// <summary>The wire names of the notices it governs.</summary>
    public IEnumerable<string> Notices => Demands.Keys.Select(Catalogue.Name).Order(StringComparer.Ordinal);

    /// <summary>Where the item stands, the same in every notice; any one of these will do.</summary>
    public IReadOnlyList<ContentPath> Items => Demands.Values[0].Items;

    /// <summary>What must be there for the item to be demanded.</summary>
    public ContentCondition? When => Demands.Values[0].When;

    /// <inheritdoc cref="ContentDemand.Lacking"/>
    public IReadOnlyList<string> Lacking(INoticed notice) => Demands[notice.GetType()].Lacking(notice);
}

/// <summary>An item of one kind of notice.</summary>
/// <param name="Items">Any one of these will do.</param>
public sealed record ContentDemand(IReadOnlyList<ContentPath> Items, ContentCondition? When)
{
    /// <summary>Which elements of the notice lack the item, as people name them; one empty name where it is no matter of elements.</summary>
    public IReadOnlyList<string> Lacking(INoticed notice)
    {
        var lacking = Items[0].Lacking(notice);
        foreach (var other in Items.Skip(1))
        {
            if (lacking.Count is 0) return lacking;
            lacking = [.. lacking.Intersect(other.Lacking(notice))];
        }

        if (lacking.Count is 0 || When is null) return lacking;
        var exempt = When.Unmet(notice);
        return exempt.Contains("") ? [] : [.. lacking.Except(exempt)];
    }
}

/// <summary>A member that must be there, or have a certain value of a closed set, for something else to be demanded.</summary>
/// <param name="Value">On the wire; null when any will do.</param>
public sealed record ContentCondition(ContentPath Path, string? Value)
{
    private const char Is = '=';

    /// <exception cref="FormatException">When the notice has no such member, or it can never have the value.</exception>
    public static ContentCondition Of(Type notice, string text)
    {
        if (text.IndexOf(Is, StringComparison.Ordinal) is not (>= 0 and var at)) return new ContentCondition(ContentPath.Of(notice, text), null);
        var (path, value) = (ContentPath.Of(notice, text[..at]), text[(at + 1)..]);
        return path.Values.Contains(value)
            ? new ContentCondition(path, value)
            : throw new FormatException($"'{text}': the values are {string.Join(", ", path.Values)}");
    }

    /// <summary>The elements for which it does not hold; one empty name where it is no matter of elements.</summary>
    public IReadOnlyList<string> Unmet(INoticed notice) => Path.Lacking(notice, Value);

    public override string ToString() => Value is null ? Path.ToString() : $"{Path}{Is}{Value}";
}
