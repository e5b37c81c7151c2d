using System.Text.Json.Serialization;
using JasperFx;
using JasperFx.Events;
using Marten.Events.Aggregation;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Projections;

/// <summary>One procedure as the public reads it: where it stands now, and every public notice of its life.</summary>
/// <param name="Stage">Of the lot that has come furthest and has not ended.</param>
/// <param name="Deadlines">The next of its lots.</param>
/// <param name="Notices">In the order of publication.</param>
/// <param name="OpenObjections">How many objections wait for their answer.</param>
/// <param name="Legacy">Taken over from a centre's former system, which did not tell class, method and initiator.</param>
/// <param name="Position">Of the last event, in the public feed, once it has one.</param>
public sealed record ProcedurePage(
    [property: JsonPropertyName("procedureId")] Guid Id,
    string Ocid,
    string? Code,
    TradeCategory Category,
    ClassCode? ClassCode,
    string Title,
    string? Description,
    RegionCode RegionCode,
    string Region,
    RegionCode? TradingPlaceCode,
    ProcedureMethod? Method,
    bool? Statutory,
    ProcedureStage Stage,
    ProcedureStatus Status,
    Centre Centre,
    PublicParty? Initiator,
    PublicParty? Agency,
    string? FundSource,
    InvestmentProjectCode? InvestmentProjectCode,
    IReadOnlyList<LotView> Lots,
    DeadlineView Deadlines,
    IReadOnlyList<NoticeLine> Notices,
    int OpenObjections,
    DateTimeOffset RegisteredAt,
    DateTimeOffset ChangedAt,
    bool Legacy = false,
    long? Position = null) : IRevisioned
{
    /// <summary>Number of events so far; the entity tag.</summary>
    public int Version { get; set; }

    /// <summary>How many positions the page does not tell yet.</summary>
    [JsonIgnore]
    public int PositionsMissing => Notices.Count(line => line.Position is null) + (Position is null ? 1 : 0);

    public PageLinks Links => new($"/v1/procedures/{Id}", $"/v1/procedures/{Id}/history", $"/v1/notices?procedure={Id}");

    /// <summary>With the positions of its events, which the view does not keep: they are given after the events are recorded.</summary>
    /// <param name="positions">In order, as far as they are published.</param>
    public ProcedurePage At(IReadOnlyList<long> positions) => this with
    {
        Position = PositionOf(Version, positions),
        Notices = [.. Notices.Select(line => line.At(positions))],
    };

    /// <summary>Versions follow each other in the log as they do in the procedure, so that those with a position are always its first.</summary>
    public static long? PositionOf(long version, IReadOnlyList<long> positions) => version <= positions.Count ? positions[(int)version - 1] : null;
}

/// <summary>Where to read on; addresses relative to the service.</summary>
public sealed record PageLinks(string Self, string History, string Notices);

/// <summary>计划、公告、资格审查、开标、评标、成交、合同、履约、结束.</summary>
public enum ProcedureStage { Planning, Announcing, Qualifying, Opening, Evaluating, Awarding, Contracting, Performing, Ended }

public enum ProcedureStatus { Active, Suspended, Complete, Failed, Terminated, Withdrawn }

/// <summary>A party without its contact, which is shown in the notices the law asks it of and nowhere else.</summary>
public sealed record PublicParty(string Name, CreditCode? CreditCode = null, string? Address = null)
{
    public static PublicParty Of(Party party) => new(party.Name, party.CreditCode, party.Address);
}

/// <param name="Round">How many times it was announced.</param>
/// <param name="Steps">How it got to its status, and by which notice.</param>
/// <param name="Deadlines">After all changes; <paramref name="DeadlineSteps"/> says which notice set what.</param>
/// <param name="Contracts">Those that are public; <paramref name="ContractIds"/> names all.</param>
public sealed record LotView(
    LotId LotId,
    string Title,
    LotStatus Status,
    int Round,
    UnifiedDealCode? DealCode,
    string? Code,
    string? Description,
    Price? Estimate,
    int? DurationDays,
    DeadlineView Deadlines,
    IReadOnlyList<DeadlineStep> DeadlineSteps,
    IReadOnlyList<LotStep> Steps,
    IReadOnlyList<CandidateView> Candidates,
    AwardView? Award,
    IReadOnlyList<ContractView> Contracts,
    IReadOnlyList<Guid> ContractIds);

public enum LotStatus
{
    Planned, Prequalifying, Announced, Qualified, Opened, Evaluated, Awarded, Contracted, Performing, Accepted, Failed, Terminated, Withdrawn,
}

/// <param name="Round">The lot's, from this step on.</param>
public sealed record LotStep(LotStatus Status, Guid NoticeId, DateTimeOffset At, int Round);

/// <param name="Afresh">What stood before counts no more.</param>
public sealed record DeadlineStep(Guid NoticeId, bool Afresh, DeadlineView Says);

public sealed record CandidateView(int Rank, PublicParty Bidder, Price Price);

public sealed record AwardView(
    AwardOutcome Outcome, Guid NoticeId, DateTimeOffset DecidedAt, PublicParty? Supplier = null, Price? Price = null, string? Reason = null);

public enum AwardOutcome { Awarded, Failed }

/// <param name="Amendments">How many there were.</param>
public sealed record ContractView(
    Guid ContractId, string Number, PublicParty Supplier, Price Value, DateOnly SignedOn, DayRange? Period, string? Subject,
    ContractStatus Status = ContractStatus.Active, int Amendments = 0);

public enum ContractStatus { Active, Accepted, Terminated }

/// <param name="OfferingUntil">End of bidding or listing.</param>
public sealed record DeadlineView(
    DateTimeOffset? DocumentsUntil = null, DateTimeOffset? Submission = null, DateTimeOffset? Opening = null,
    DateTimeOffset? OfferingFrom = null, DateTimeOffset? OfferingUntil = null, DateTimeOffset? PublicityUntil = null);

/// <param name="Type">The wire name of the event.</param>
/// <param name="Kind">The Chinese name of the notice.</param>
/// <param name="Version">Of the procedure, after the notice.</param>
/// <param name="Current">False once it was withdrawn.</param>
/// <param name="DefectBy">The notice that says what is wrong with this one, which cannot be shown as it was recorded.</param>
/// <param name="Position">In the public feed, once it has one.</param>
public sealed record NoticeLine(
    Guid NoticeId, string Type, string Kind, string Title, DateTimeOffset PublishedAt, int Version, bool Current = true,
    Guid? WithdrawnBy = null, IReadOnlyList<Guid>? CorrectedBy = null, IReadOnlyList<Guid>? ErasedBy = null, Guid? DisclosedBy = null, long? Position = null,
    Guid? DefectBy = null)
{
    public NoticeLine At(IReadOnlyList<long> positions) => this with { Position = ProcedurePage.PositionOf(Version, positions) };
}

public sealed class ProcedurePageProjection : SingleStreamProjection<ProcedurePage, Guid>
{
    public override ProcedurePage? Evolve(ProcedurePage? snapshot, Guid id, IEvent e) => ProcedureFold.Apply(snapshot, id, e);
}
