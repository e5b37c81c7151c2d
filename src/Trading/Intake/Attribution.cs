using System.Diagnostics;
using System.Text.Json;
using JasperFx.Events;
using Marten;
using Trading.Events;
using Trading.Http;
using Trading.Kernel;
using Trading.Vault;

namespace Trading.Intake;

/// <summary>Who recorded an event, for whom and why, and by which rules it was found lawful: the metadata of every event.</summary>
public static class Attribution
{
    /// <summary>
    /// Gives the event the id of its notice, and a salt of its own: the public log commits with it to the members it does not publish.
    /// </summary>
    public static IEvent Event(IDocumentSession session, INoticed fact)
    {
        var e = session.Events.BuildEvent(fact);
        e.Id = fact.Notice.NoticeId;
        e.SetHeader(Commitment.SaltHeader, Commitment.NewSalt());
        return e;
    }

    /// <summary>An event that is no notice, under an id of its own.</summary>
    /// <param name="pack">The rule pack it comes from.</param>
    public static IEvent Event(IDocumentSession session, IAlerted fact, DateTimeOffset at, string pack)
    {
        var e = session.Events.BuildEvent(fact);
        e.Id = Guid.CreateVersion7(at);
        e.SetHeader(Commitment.SaltHeader, Commitment.NewSalt());
        e.SetHeader("packs", pack);
        return e;
    }

    /// <summary>The service itself records something, by the clock and for nobody.</summary>
    /// <param name="part">Of the service.</param>
    public static void Set(IDocumentSession session, string part)
    {
        session.LastModifiedBy = $"service:{part}";
        session.CausationId = session.CorrelationId = part;
    }

    /// <summary>Who, for whom and why, of every event of a session that are judged one by one (<see cref="Judged"/>).</summary>
    public static void Set(IDocumentSession session, Caller caller, Correlation correlation)
    {
        session.LastModifiedBy = caller.Subject;
        session.CausationId = correlation.Causation;
        session.CorrelationId = correlation.Trace;
        session.SetHeader("organisation", caller.Centre?.Code.ToString() ?? "");
        session.SetHeader("roles", string.Join(' ', caller.Roles.Order(StringComparer.Ordinal)));
    }

    /// <param name="packs">The rule packs the verdicts come from, as <c>id@version</c> with spaces between.</param>
    public static void Set(IDocumentSession session, Caller caller, Correlation correlation, IReadOnlyList<Verdict> verdicts, string? packs = null)
    {
        Set(session, caller, correlation);
        session.SetHeader("verdicts", Written(verdicts));
        if (packs is not null) session.SetHeader("packs", packs);
    }

    /// <summary>By which rules one event of a session was judged, where each is judged by itself.</summary>
    public static IEvent Judged(this IEvent e, IReadOnlyList<Verdict> verdicts, string packs)
    {
        e.SetHeader("verdicts", Written(verdicts));
        e.SetHeader("packs", packs);
        return e;
    }

    private static string Written(IEnumerable<Verdict> verdicts) => JsonSerializer.Serialize(verdicts.Select(verdict => verdict.Kept()), WireJson.Stored);
}

/// <summary>What was kept of who recorded an event, for whom and why, and by which rules it was found lawful.</summary>
/// <param name="Organisation">Credit code of the centre; null where the caller had none.</param>
/// <param name="Packs">The rule packs that had a say, as <c>id@version</c>.</param>
public sealed record Attributed(
    string Subject, string? Organisation, IReadOnlyList<string> Roles, Correlation Correlation, IReadOnlyList<string> Packs, IReadOnlyList<Verdict> Verdicts)
{
    public static Attributed Of(IEvent e)
    {
        return new Attributed(
            e.UserName ?? "", Header("organisation") is { Length: > 0 } organisation ? organisation : null, Words("roles"),
            new Correlation(e.CausationId ?? "", e.CorrelationId ?? ""), Words("packs"),
            Header("verdicts") is { Length: > 0 } verdicts ? JsonSerializer.Deserialize<List<Verdict>>(verdicts, WireJson.Stored)! : []);

        string? Header(string name) => e.GetHeader(name)?.ToString();

        string[] Words(string name) => Header(name)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
    }
}

/// <summary>Why it is recorded: the request that asked for it, and the trace it belongs to (W3C Trace Context).</summary>
public sealed record Correlation(string Causation, string Trace)
{
    public static Correlation Of(HttpContext http) => new(http.TraceIdentifier, Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier);
}
