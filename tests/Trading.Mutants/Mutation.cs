using Microsoft.CodeAnalysis;

namespace Trading.Mutants;

/// <summary>One change of the source that tests should notice.</summary>
/// <param name="Node">What is replaced, in the tree of its file.</param>
/// <param name="Other">What stands there instead, as text.</param>
internal sealed record Mutation(Area Area, string File, SyntaxNode Node, string Other)
{
    public override string ToString()
    {
        var line = Node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        return $"{File}:{line}: {OneLine(Node.ToString())} → {(Other.Length is 0 ? "nothing" : OneLine(Other))}";
    }

    private static string OneLine(string code)
    {
        var one = string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return one.Length <= 140 ? one : one[..140] + "…";
    }
}
