using System.Text.RegularExpressions;
using Trading.Tests.Harness;

namespace Trading.Tests.Http.Refusals;

/// <summary>The one dialect in which the service says no (RFC 9457).</summary>
internal static partial class ProblemForm
{
    private static readonly string[] Members =
        ["type", "title", "status", "detail", "instance", "code", "errors", "rule", "citation", "explanation", "facts", "version", "traceId"];

    public static void Assert(Answer answer, bool english = false, string? told = null)
    {
        Xunit.Assert.True(answer.Headers.ContainsKey("Content-Type"), told ?? $"{(int)answer.Status} without a word");
        var problem = answer.Json.AsObject();
        Xunit.Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
        Xunit.Assert.Equal(english ? "en" : "zh-CN", answer.Headers["Content-Language"]);
        Xunit.Assert.Contains("Accept-Language", answer.Headers["Vary"], StringComparison.Ordinal);
        Xunit.Assert.Empty(problem.Select(member => member.Key).Except(Members));
        Xunit.Assert.Equal($"urn:trading:problem:{answer.Code}", (string?)problem["type"]);
        Xunit.Assert.Equal((int)answer.Status, (int?)problem["status"]);
        Xunit.Assert.StartsWith("/", (string?)problem["instance"], StringComparison.Ordinal);
        Xunit.Assert.Matches(Trace(), (string?)problem["traceId"]);
        foreach (var prose in (string?[])[(string?)problem["title"], (string?)problem["detail"], .. Messages(problem)])
        {
            Xunit.Assert.False(string.IsNullOrWhiteSpace(prose), answer.Body);
            Xunit.Assert.True(Chinese().IsMatch(prose) != english, told ?? answer.Body);
            Xunit.Assert.False(Inner().IsMatch(prose), told ?? answer.Body);
        }
    }

    private static IEnumerable<string?> Messages(System.Text.Json.Nodes.JsonObject problem) =>
        problem["errors"]?.AsArray().Select(error => (string?)error!["message"]) ?? [];

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex Trace();

    /// <summary>What only .NET or PostgreSQL would say.</summary>
    [GeneratedRegex(@"System\.|Trading\.|Exception|LineNumber|BytePosition|Npgsql|relation \""")]
    private static partial Regex Inner();
}
