using System.Text.Json;
using FluentValidation.Results;
using JasperFx;
using JasperFx.Events;
using Marten;
using Trading.Docket;
using Trading.Events;
using Trading.Http;
using Trading.Kernel;
using Trading.Law;
using Trading.Store;
using Trading.Vault;

namespace Trading.Intake;

/// <summary>A request to record something, after authentication and before anything is known of its procedure.</summary>
/// <param name="Fingerprint">Of method, address and body.</param>
/// <param name="Key">The client's idempotency key; null in a dry run.</param>
/// <param name="IfMatch">The version the client insists on.</param>
/// <param name="Html">The body's HTML, cleaned or refused; null where it has none.</param>
/// <param name="Address">The ids in the address.</param>
public sealed record Incoming(
    NoticeBody Body, NoticeHtml? Html, Caller Caller, byte[] Fingerprint, string? Key, long? IfMatch, bool DryRun, Language Language, Correlation Correlation,
    RouteValueDictionary? Address = null);

/// <summary>What the desk says to a posting.</summary>
public abstract record Reply
{
    public sealed record Recorded(Idempotency.Answer Answer, bool Repeated) : Reply;

    public sealed record Shown(Receipt Receipt) : Reply;

    public sealed record Declined(Finding Finding) : Reply;

    public sealed record Invalid(ValidationFailure Failure) : Reply;

    public sealed record Stale(long Version) : Reply;

    public sealed record Turned(ProblemKind Kind) : Reply;

    /// <summary>Nothing is recorded at present.</summary>
    public sealed record Closed(Wording Why) : Reply;
}

/// <summary>
/// 受理: the one way in which a posting becomes events. The idempotency key, the decision on the procedure's present state, the events
/// and the stored answer share one transaction; writers of one procedure wait for each other, so every decision is made on what is.
/// </summary>
public sealed class Desk(IDocumentStore store, PersonalVault vault, TimeProvider clock, Lawbook law, WriteGate gate)
{
    private static readonly Rule LegacyProcedure = new(
        "procedure.legacy", RuleKind.WrongStage, "招标公告和公示信息发布管理办法 第十一条",
        "历史公告只供查阅，不能继续办理。", "What was taken over from a former system can be read but not continued.");

    private static readonly Rule Defective = new(
        "procedure.defective", RuleKind.WrongStage, "政府信息公开条例 第六条",
        "本项目中有无法读取的记录，须先由运行单位公开说明其缺陷。", "The procedure has an event that cannot be read; an operator has to disclose its defect first.");

    /// <summary>Continues a procedure.</summary>
    /// <param name="may">Who may; by default who acts for the centre of the procedure in its region.</param>
    /// <param name="despiteDefects">Whether it is decided though an event of the procedure cannot be read.</param>
    public Task<Reply> Receive<TState>(
        Guid procedureId, Incoming incoming, Func<TState, Filing, Decision> decide, CancellationToken ct, Func<Caller, Heading, bool>? may = null, bool despiteDefects = false)
        where TState : class, IFolded<TState>, IHeaded =>
        Hear(incoming, async (session, filing) =>
        {
            var stream = incoming.DryRun
                ? await session.Events.FetchForWriting<Folded<TState>>(procedureId, ct)
                : await session.Events.FetchForExclusiveWriting<Folded<TState>>(procedureId, ct);
            var version = stream.CurrentVersion ?? 0;

            if (version is 0) return new Reply.Turned(ProblemKind.NotFound);
            if (stream.Aggregate?.State is not { } state) return new Reply.Declined(LegacyProcedure.If(true));
            var heading = state.Heading;
            if (!(may?.Invoke(incoming.Caller, heading) ?? incoming.Caller.ActsFor(heading.Centre.Code, heading.Region))) return new Reply.Turned(ProblemKind.Forbidden);
            if (!despiteDefects && !stream.Aggregate.Unreadable.IsEmpty) return new Reply.Declined(Defective.If(true));
            if (incoming.IfMatch is { } expected && expected != version) return new Reply.Stale(version);

            return Judge(law, decide(state, filing), filing, state.Followed) switch
            {
                Decision.Refused refused => new Reply.Declined(refused.Finding),
                Decision.Accepted accepted => await Record(
                    session, incoming, filing, procedureId, heading.Ocid, version, accepted,
                    facts => stream.AppendMany(facts), ct),
                _ => throw new InvalidOperationException("Decision is closed; a new case needs a branch here."),
            };
        }, ct);

    /// <summary>Opens a new procedure.</summary>
    public Task<Reply> Open(
        Incoming incoming, Func<Filing, Guid, (Heading Heading, Decision Decision)> decide, CancellationToken ct) =>
        Hear(incoming, async (session, filing) =>
        {
            var procedureId = Guid.CreateVersion7(filing.At);
            var (heading, decision) = decide(filing, procedureId);
            if (!incoming.Caller.ActsFor(heading.Centre.Code, heading.Region)) return new Reply.Turned(ProblemKind.Forbidden);

            return Judge(law, decision, filing) switch
            {
                Decision.Refused refused => new Reply.Declined(refused.Finding),
                Decision.Accepted accepted => await Record(
                    session, incoming, filing, procedureId, heading.Ocid, 0, accepted,
                    facts => session.Events.StartStream(procedureId, facts), ct),
                _ => throw new InvalidOperationException("Decision is closed; a new case needs a branch here."),
            };
        }, ct);

    private async Task<Reply> Hear(
        Incoming incoming, Func<IDocumentSession, Filing, Task<Reply>> hear, CancellationToken ct)
    {
        if (!incoming.DryRun && gate.Closed is { } why) return new Reply.Closed(why);
        await using var session = store.LightweightSession();
        if (incoming.Key is { } key)
        {
            await session.BeginTransactionAsync(ct);
            switch (await Idempotency.Take(session, KeyScope.Of(incoming.Caller), key, incoming.Fingerprint, ct))
            {
                case Idempotency.Claim.Answered answered: return new Reply.Recorded(answered.Answer, Repeated: true);
                case Idempotency.Claim.Reused: return new Reply.Turned(ProblemKind.IdempotencyKeyReused);
                case Idempotency.Claim.InFlight: return new Reply.Turned(ProblemKind.InFlight);
            }
        }

        // After the key: what was recorded once is answered as it was, whatever the limits are now.
        if (incoming.Html is NoticeHtml.Refused { Failure: var failure }) return new Reply.Invalid(failure);
        var at = clock.GetUtcNow();
        var reply = await hear(session, new Filing(incoming.Body, incoming.Html as NoticeHtml.Cleaned, incoming.Caller, at, incoming.Address));
        if (reply is Reply.Declined or Reply.Shown) await NodeClock.Check(session, at, ct);
        return reply;
    }

    /// <summary>What the stage accepts is looked at in itself, and by the lawbook against what went before.</summary>
    internal static Decision Judge(Lawbook law, Decision decision, Filing filing, Standing? standing = null) => decision switch
    {
        Decision.Accepted stage => Decision.Of(
            filing.Findings.Concat(stage.Facts.Cast<INoticed>().SelectMany(fact => Lawfulness.Findings(law, standing, fact))), () => stage.Facts) switch
        {
            Decision.Accepted intake => stage with { Verdicts = [.. intake.Verdicts, .. stage.Verdicts] },
            var refused => refused,
        },
        _ => decision,
    };

    private async Task<Reply> Record(
        IDocumentSession session, Incoming incoming, Filing filing, Guid procedureId, string ocid, long version,
        Decision.Accepted accepted, Action<IReadOnlyList<IEvent>> append, CancellationToken ct)
    {
        var events = accepted.Facts.Cast<INoticed>()
            .Select(fact => Attribution.Event(session, incoming.DryRun ? fact : vault.Seal(session, fact))).ToList();
        append(events);
        var receipt = new Receipt(
            procedureId, ocid, version + events.Count, filing.NoticeId,
            [.. events.Select(e => new ReceiptEvent(e.Id, Catalogue.Of(e.Data).WireName, incoming.DryRun ? e.Data : null))],
            [.. accepted.Verdicts.Select(verdict => ReceiptVerdict.Of(verdict, incoming.Language))],
            new ReceiptLinks($"/v1/procedures/{procedureId}", $"/v1/notices/{filing.NoticeId}", $"/v1/events/{events[0].Id}/receipt"),
            filing.ContractId, filing.ObjectionId, incoming.DryRun ? true : null);
        if (incoming.DryRun) return new Reply.Shown(receipt);

        var filed = ((INoticed)accepted.Facts[0]).Notice.Heading;
        Attribution.Set(session, incoming.Caller, incoming.Correlation, accepted.Verdicts, law.StampOf(filed.Category, filed.Region));
        var answer = new Idempotency.Answer(
            ETag.OfVersion(receipt.Version),
            version is 0 ? receipt.Links.Procedure : receipt.Links.Notice,
            JsonSerializer.Serialize(receipt, WireJson.Stored));
        Idempotency.Keep(session, KeyScope.Of(incoming.Caller), incoming.Key!, incoming.Fingerprint, answer, filing.At);
        try
        {
            await session.SaveChangesAsync(ct);
        }
        catch (Exception race) when (race is ConcurrencyException or EventStreamUnexpectedMaxEventIdException)
        {
            return new Reply.Stale(version + 1);
        }

        return new Reply.Recorded(answer, Repeated: false);
    }
}
