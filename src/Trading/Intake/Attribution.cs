using System.Diagnostics;
using System.Text.Json;
using Marten;
using Trading.Http;
using Trading.Kernel;

namespace Trading.Intake;

/// <summary>Who recorded an event, for whom and why, and by which rules it was found lawful: the metadata of every event.</summary>
public static class Attribution
{
    public static void Set(IDocumentSession session, Caller caller, Correlation correlation, IReadOnlyList<Verdict> verdicts)
    {
        session.LastModifiedBy = caller.Subject;
        session.CausationId = correlation.Causation;
        session.CorrelationId = correlation.Trace;
        session.SetHeader("organisation", caller.Centre?.Code.ToString() ?? "");
        session.SetHeader("roles", string.Join(' ', caller.Roles.Order(StringComparer.Ordinal)));
        session.SetHeader("verdicts", JsonSerializer.Serialize(verdicts, WireJson.Stored));
    }
}

/// <summary>Why it is recorded: the request that asked for it, and the trace it belongs to (W3C Trace Context).</summary>
public sealed record Correlation(string Causation, string Trace)
{
    public static Correlation Of(HttpContext http) => new(http.TraceIdentifier, Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier);
}
