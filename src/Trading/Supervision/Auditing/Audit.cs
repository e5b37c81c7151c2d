using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;
using Trading.Projections;

namespace Trading.Supervision.Auditing;

/// <summary>审计: the whole history of a procedure, nothing held back: for the supervisors of its region.</summary>
public sealed record Audit(Guid ProcedureId, IReadOnlyList<AuditedEvent> Items);

/// <summary>One event with all that is kept of it.</summary>
/// <param name="Type">The wire name of the event.</param>
/// <param name="Kind">The Chinese name of the notice.</param>
/// <param name="Position">In the public feed, once it has one.</param>
/// <param name="Disclosure">公开属性 and 保密审查, as they were when the event was recorded.</param>
/// <param name="Citation">The article that asks for the notice.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="Cause">Why it was recorded.</param>
/// <param name="Packs">The rule packs that had a say, as <c>id@version</c>.</param>
/// <param name="Verdicts">What every rule said that was applied.</param>
/// <param name="Data">What the event states; of personal data that was erased, the digests (<c>_sd</c>).</param>
/// <param name="Changes">What the event changed on the procedure's page, public or not.</param>
/// <param name="Unreadable">True of an event that this version of the service cannot read: its data is what was recorded, as it stands.</param>
public sealed record AuditedEvent(
    long Version,
    Guid EventId,
    string Type,
    string Kind,
    string Title,
    DateTimeOffset RecordedAt,
    AuditedDisclosure Disclosure,
    string Citation,
    AuditedCaller By,
    AuditedCause Cause,
    IReadOnlyList<string> Packs,
    IReadOnlyList<AuditedVerdict> Verdicts,
    JsonObject Data,
    IReadOnlyList<Difference> Changes,
    AuditLinks Links,
    long? Position = null,
    bool? Unreadable = null);

/// <summary>公开属性 and 保密审查: whether an event was public when it was recorded, and who found that it may be.</summary>
public sealed record AuditedDisclosure(DisclosureKind Attribute, AuditedReview? SecrecyReview = null)
{
    public static AuditedDisclosure Of(Disclosure disclosure) => new(
        disclosure.Attribute,
        disclosure.SecrecyReview is { } review ? new AuditedReview(review.Reviewer, review.ReviewedAt, review.Result) { Sealed = review.Sealed } : null);
}

/// <summary>保密审查.</summary>
/// <param name="Reviewer">Absent once it was erased.</param>
public sealed record AuditedReview(string? Reviewer, DateTimeOffset ReviewedAt, ReviewResult Result) : Sealable;

/// <summary>Who recorded an event, by the token they showed.</summary>
/// <param name="Subject">Claim <c>sub</c>.</param>
/// <param name="Organisation">Credit code of the centre they acted for; absent where they named none.</param>
/// <param name="Roles">What they were.</param>
public sealed record AuditedCaller(string Subject, string? Organisation, IReadOnlyList<string> Roles);

/// <summary>Why an event was recorded.</summary>
/// <param name="CausationId">The request that asked for it.</param>
/// <param name="CorrelationId">The trace the request belongs to (W3C Trace Context).</param>
public sealed record AuditedCause(string CausationId, string CorrelationId);

/// <summary>What a rule said when an event was recorded.</summary>
/// <param name="Outcome">What it said.</param>
/// <param name="Severity">E refuses, W records and warns, I informs.</param>
/// <param name="Explanation">Of a rule that was kept, absent where it cannot be looked up any more in the version that was applied.</param>
/// <param name="Facts">What the rule was applied to.</param>
public sealed record AuditedVerdict(
    string Rule, VerdictOutcome Outcome, string Severity, string Citation, Wording? Explanation, IReadOnlyDictionary<string, string>? Facts);

/// <summary>Where to read on; addresses relative to the service.</summary>
/// <param name="Notice">The notice as its readers see it.</param>
/// <param name="Receipt">The proof that the event stands in the log.</param>
public sealed record AuditLinks(string Notice, string Receipt);
