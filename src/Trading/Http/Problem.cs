using System.Diagnostics;
using System.Text.Json;
using Trading.Kernel;

namespace Trading.Http;

/// <summary>Why a request was not answered as asked (RFC 9457, <c>application/problem+json</c>).</summary>
/// <param name="Code">Stable; what a client branches on.</param>
/// <param name="Errors">What is wrong with the body, member by member.</param>
/// <param name="Rule">The rule that refused, when one did; likewise <paramref name="Citation"/>, <paramref name="Explanation"/> and <paramref name="Facts"/>.</param>
/// <param name="Version">The current version, when the client's was stale.</param>
/// <param name="TraceId">To be named when asking the operator.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Instance,
    string Code,
    IReadOnlyList<ProblemError>? Errors = null,
    string? Rule = null,
    string? Citation = null,
    string? Explanation = null,
    IReadOnlyDictionary<string, string>? Facts = null,
    long? Version = null,
    string? TraceId = null)
{
    public const string MediaType = "application/problem+json";

    private const string SecondsUntilRetry = "2";

    public static Problem Of(HttpContext http, ProblemKind kind, Wording? detail = null)
    {
        var language = http.Language();
        return new Problem(
            $"urn:trading:problem:{kind.Code}", kind.Title.In(language), kind.Status, (detail ?? kind.Title).In(language),
            http.Request.Path, kind.Code, TraceId: Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier);
    }

    public static Problem Of(HttpContext http, Finding finding)
    {
        var kind = finding.Rule.Kind switch
        {
            RuleKind.Unknown => ProblemKind.NotFound,
            RuleKind.WrongStage => ProblemKind.WrongStage,
            RuleKind.Unlawful => ProblemKind.RuleRefused,
            _ => throw new ArgumentException("A warning refuses nothing.", nameof(finding)),
        };

        return Of(http, kind, finding.Rule.Explanation) with
        {
            Rule = finding.Rule.Code,
            Citation = finding.Rule.Citation,
            Explanation = finding.Rule.Explanation.In(http.Language()),
            Facts = finding.Facts.Count is 0 ? null : finding.Facts.DistinctBy(f => f.Name).ToDictionary(f => f.Name, f => f.Value),
        };
    }

    public async Task Write(HttpContext http)
    {
        http.Response.StatusCode = Status;
        http.Response.ContentType = MediaType;
        http.Response.Headers.CacheControl = "no-store";   // a 404 may be kept otherwise (RFC 9110 §15.1), and what is not public yet may be soon
        http.Response.Headers.ContentLanguage = http.Language() is Language.En ? "en" : "zh-CN";
        http.Response.Headers.Append("Vary", "Accept-Language");
        if (Status is StatusCodes.Status503ServiceUnavailable && http.Response.Headers.RetryAfter.Count is 0) http.Response.Headers.RetryAfter = SecondsUntilRetry;
        await JsonSerializer.SerializeAsync(http.Response.Body, this, WireJson.Stored, http.RequestAborted);
    }
}

/// <param name="Pointer">Where in the body (RFC 6901), or the name of a parameter or header.</param>
public sealed record ProblemError(string Pointer, string Code, string Message);
