using System.Text.RegularExpressions;

namespace Trading.Tests.Http.Refusals;

/// <summary>An address of the service, and what it takes.</summary>
/// <param name="Template">As routing has it, without constraints.</param>
/// <param name="At">The place of <see cref="Scene"/> where <paramref name="Body"/> is accepted.</param>
public sealed partial record Route(string Method, string Template, string At = Scene.Nowhere, string? Body = null)
{
    /// <summary>What must be asked along.</summary>
    public string Query { get; init; } = "";

    public string ContentType { get; init; } = "application/json";

    /// <summary>Who is sure to be answered; null for anyone.</summary>
    public string? Role { get; init; } = "publisher";

    public override string ToString() => $"{Method} /{Template}";

    /// <summary>The same spelling for a template whoever wrote it.</summary>
    public static string Plain(string template) => Constraint().Replace(template.Trim('/'), "}");

    [GeneratedRegex(@":\w+\}")]
    private static partial Regex Constraint();
}
