using Trading.Http;

namespace Trading.Intake.Rehearsing;

/// <summary>What would have become of the postings. Nothing was recorded.</summary>
/// <param name="Registration">What would have become of the registration.</param>
/// <param name="Postings">One for each that was sent, in order; none where there would be no procedure.</param>
public sealed record CheckAnswer(RehearsedAnswer Registration, IReadOnlyList<RehearsedAnswer> Postings);

/// <summary>What would have become of one posting.</summary>
/// <param name="At">Where the clock stood.</param>
/// <param name="NoticeId">The notice it would have made: another one when it is posted. Later postings of the check may name it.</param>
/// <param name="ContractId">The contract it is about, when it made or changed one; likewise <paramref name="ObjectionId"/>.</param>
/// <param name="Events">Wire names of the events.</param>
/// <param name="Verdicts">Every rule of law that was applied, kept or broken.</param>
/// <param name="Problem">What the posting would have been answered, where it would not have been recorded.</param>
public sealed record RehearsedAnswer(
    RehearsalOutcome Outcome,
    DateTimeOffset At,
    Guid? NoticeId = null,
    Guid? ContractId = null,
    Guid? ObjectionId = null,
    IReadOnlyList<string>? Events = null,
    IReadOnlyList<ReceiptVerdict>? Verdicts = null,
    Problem? Problem = null);

/// <summary>会被记录、会被拒绝、格式不符.</summary>
public enum RehearsalOutcome
{
    /// <summary>It would have been recorded.</summary>
    Recorded,

    /// <summary>A rule would have refused it, or there is nothing at its address.</summary>
    Refused,

    /// <summary>Its body is not that of such a posting.</summary>
    Invalid,
}
