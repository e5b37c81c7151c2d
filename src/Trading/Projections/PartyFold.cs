using System.Collections.Immutable;
using JasperFx.Events;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Projections;

/// <summary>One statement of what a party is.</summary>
/// <param name="Lot">Null where the role is of the procedure.</param>
/// <param name="At">When it was published.</param>
internal sealed record Part(PartyRole Role, NamedParty Party, LotId? Lot, IEnumerable<Price?> Prices, DateTimeOffset At);

/// <summary>主体: what parties are in a procedure by what is public of it and has not been withdrawn.</summary>
/// <param name="Page">The page, with what was disclosed since as far as it still stands.</param>
/// <param name="Told">What is public, in its order.</param>
internal sealed record PartyFold(ProcedurePage Page, ImmutableList<PublicFact> Told, ImmutableHashSet<Guid> Withdrawn)
{
    /// <summary>What is known after an event that was recorded before; one that cannot be shown makes nobody anything.</summary>
    public static PartyFold? Show(PartyFold? before, IEvent e)
    {
        if (ProcedureFold.Show(before?.Page, e) is not { } page) return before;
        var after = before is null ? new PartyFold(page, [], []) : before with { Page = page };
        try
        {
            return after.After(e);
        }
        catch (Exception wrong) when (Defects.Report(e.Id, "party-board", wrong))
        {
            return after;
        }
    }

    private PartyFold After(IEvent e) => e.Data switch
    {
        NoticeWithdrawn f => this with { Withdrawn = Withdrawn.Add(f.Withdraws) },
        NoticeDisclosed { Notice.Disclosure.IsPublic: true } f => Disclosing(f.Disclosed().Fact, f.Notice.PublishedAt),
        INoticed { Notice.Disclosure.IsPublic: true } f => Telling(f, f is LegacyNoticeImported legacy ? LegalTime.StartOf(legacy.PublishedOn) : f.Notice.PublishedAt),
        _ => this,
    };

    /// <summary>In the order in which it was stated.</summary>
    public IEnumerable<Part> Parts()
    {
        var standing = Told.Where(told => !Withdrawn.Contains(told.Fact.Notice.NoticeId)).ToList();
        foreach (var (fact, at) in standing)
        {
            if (fact is not ProcedureRegistered registered) continue;
            yield return new Part(PartyRole.Initiator, registered.Initiator.Named, null, registered.Lots.Select(lot => lot.Estimate), at);
            if (registered.Agency is { } agency) yield return new Part(PartyRole.Agency, agency.Named, null, [], at);
        }

        foreach (var told in standing)
            foreach (var (by, lot) in Figures.Offers(told.Fact)) yield return new Part(PartyRole.Bidder, by, lot, [], told.At);

        foreach (var lot in Page.Lots)
        {
            if (standing.FindLast(told => told.Fact is LegacyNoticeImported || told.Fact is CandidatesPublicised shown && shown.Lots.Any(l => l.LotId == lot.LotId)) is { } show)
                foreach (var candidate in lot.Candidates) yield return new Part(PartyRole.Candidate, Named(candidate.Bidder), lot.LotId, [], show.At);
            if (lot.Award is { Supplier: { } supplier } award && standing.Find(told => told.Fact.Notice.NoticeId == award.NoticeId) is { } decided)
                yield return new Part(PartyRole.Supplier, Named(supplier), lot.LotId, [award.Price], decided.At);
        }

        // A contract of several lots has one value.
        foreach (var (contract, at) in standing.Select(told => (told.Fact as ContractPublished, told.At)).Where(told => told.Item1 is not null))
            foreach (var (lot, i) in contract!.Lots.Select((lot, i) => (lot, i)))
                yield return new Part(PartyRole.Signatory, contract.Supplier.Named, lot, i is 0 ? [contract.Value] : [], at);
    }

    private PartyFold Telling(INoticed fact, DateTimeOffset at) => this with { Told = Told.RemoveAll(told => told.Fact.Notice.NoticeId == fact.Notice.NoticeId).Add(new PublicFact(fact, at)) };

    /// <summary>Of what is public only now the page tells nothing; it is told here where no later event has taken its place.</summary>
    private PartyFold Disclosing(INoticed fact, DateTimeOffset at)
    {
        var told = ProcedureFold.Told(Page, fact);
        return Telling(fact, at) with { Page = Page with { Lots = [.. Page.Lots.Zip(told.Lots, (before, after) => Stands(before, fact) ? after : before)] } };
    }

    private static bool Stands(LotView lot, INoticed fact) => fact switch
    {
        CandidatesPublicised => IsLatest(lot, fact, LotStatus.Evaluated),
        AwardAnnounced => IsLatest(lot, fact, LotStatus.Awarded, LotStatus.Failed),
        _ => false,
    };

    private static bool IsLatest(LotView lot, INoticed fact, params LotStatus[] statuses) =>
        lot.Steps.LastOrDefault(step => statuses.Contains(step.Status)) is { } step && step.NoticeId == fact.Notice.NoticeId && step.Round == lot.Round;

    private static NamedParty Named(PublicParty party) => new(party.Name, party.CreditCode);
}

/// <param name="At">When it became public.</param>
internal sealed record PublicFact(INoticed Fact, DateTimeOffset At);
