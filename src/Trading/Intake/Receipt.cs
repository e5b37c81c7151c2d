using Trading.Kernel;

namespace Trading.Intake;

/// <summary>回执: what became of a posting.</summary>
/// <param name="Version">Of the procedure, after the posting; the entity tag is this number.</param>
/// <param name="NoticeId">The notice the posting made.</param>
/// <param name="ContractId">The contract it is about, when it made or changed one; likewise <paramref name="ObjectionId"/>.</param>
/// <param name="Verdicts">Every rule of law that was applied, kept or broken.</param>
/// <param name="DryRun">True when nothing was recorded and this only shows what would be.</param>
public sealed record Receipt(
    Guid ProcedureId,
    string Ocid,
    long Version,
    Guid NoticeId,
    IReadOnlyList<ReceiptEvent> Events,
    IReadOnlyList<ReceiptVerdict> Verdicts,
    ReceiptLinks Links,
    Guid? ContractId = null,
    Guid? ObjectionId = null,
    bool? DryRun = null);

/// <param name="Data">The event itself; in a dry run only.</param>
public sealed record ReceiptEvent(Guid EventId, string Type, object? Data = null);

/// <param name="Explanation">In the language of the request.</param>
/// <param name="Facts">What the rule was applied to.</param>
public sealed record ReceiptVerdict(
    string Rule, VerdictOutcome Outcome, string Severity, string Citation, string Explanation, IReadOnlyDictionary<string, string>? Facts = null)
{
    public static ReceiptVerdict Of(Verdict verdict, Language language) => new(
        verdict.Rule, verdict.Outcome, verdict.Severity.ToString(), verdict.Citation, verdict.Explanation!.In(language),
        verdict.Facts.Count is 0 ? null : verdict.Facts.DistinctBy(f => f.Name).ToDictionary(f => f.Name, f => f.Value));
}

/// <summary>Where to read on; addresses relative to the service.</summary>
/// <param name="Receipt">The proof that the posting's first event stands in the log.</param>
public sealed record ReceiptLinks(string Procedure, string Notice, string Receipt);
