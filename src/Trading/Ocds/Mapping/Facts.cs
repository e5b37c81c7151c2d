using Trading.Events;
using Trading.Kernel;

namespace Trading.Ocds.Mapping;

/// <summary>How each public fact changes what OCDS says of its process.</summary>
internal static class Facts
{
    public static void Take(this ProcessState state, INoticed fact)
    {
        state.Tell(fact);
        Head(state, fact.Notice.Heading);
        switch (fact)
        {
            case ProcedureRegistered f: state.Take(f); break;
            case PlanPublished f: state.Plan(f, f.ExpectedMonth, f.Summary, f.Budget); break;
            case ProcurementIntentionPublished f: state.Plan(f, f.ExpectedMonth, f.Summary, f.Budget); break;
            case PrequalificationAnnounced f: state.Take(f); break;
            case AnnouncementPublished f: state.Take(f); break;
            case SoleSourcePublicised f: state.Take(f); break;
            case DocumentsClarified f: state.Take(f); break;
            case AnnouncementCorrected f: state.Take(f); break;
            case DeadlineExtended f: state.Take(f); break;
            case ProcedureSuspended f: state.Take(f); break;
            case ProcedureResumed f: state.Take(f); break;
            case QualificationDecided f: state.Take(f); break;
            case BidsOpened f: state.Take(f); break;
            case CandidatesPublicised f: state.Take(f); break;
            case LegacyNoticeImported f: state.Take(f); break;
            case AwardAnnounced f: state.Take(f); break;
            case AwardCancelled f: state.Take(f); break;
            case ContractPublished f: state.Take(f); break;
            case ContractAmended f: state.Take(f); break;
            case ContractTerminated f: state.Take(f); break;
            case PerformanceReported f: state.Take(f); break;
            case AcceptancePublished f: state.Take(f); break;
            case ProcedureTerminated f: state.Take(f); break;
            case NoticeWithdrawn f: state.Take(f); break;
            case ProcedureClosed f: state.Take(f); break;
            case ObjectionRaised f: state.Take(f); break;
            case ObjectionAnswered f: state.Take(f); break;
            case NoticeDisclosed f: state.File(f, state.Tender, description: f.Reason); break;
            case PersonalDataErased f: state.File(f, state.Tender, description: f.Reason); break;
            case DefectDisclosed f: state.File(f, state.Tender, description: f.Explanation); break;
            default: throw new InvalidOperationException($"{fact.GetType().Name} is in the catalogue; OCDS needs a branch for it here.");
        }

        state.Settle();
    }

    /// <summary>Whether somebody buys; otherwise a right or a property is given up for a price.</summary>
    public static bool IsProcurement(this TradeCategory category) => category is TradeCategory.Engineering or TradeCategory.Procurement;

    /// <summary>The role of 招标人、采购人 or of 出让人、转让方.</summary>
    public static string InitiatorRole(this Heading heading) => heading.Category.IsProcurement() ? "procuringEntity" : "seller";

    /// <summary>What every notice repeats.</summary>
    private static void Head(ProcessState state, Heading heading)
    {
        var tender = state.Tender
            .Set("title", heading.ProcedureTitle)
            .Set("tradeCategory", WireNames.Of(heading.Category))
            .Set("regionCode", heading.Region.ToString());
        if (heading.ClassCode is { } code) tender.Set("classCode", code.ToString());
        if (heading.Category is TradeCategory.Engineering) tender.Set("mainProcurementCategory", "works");
        tender.Set("tradingCentre", state.Refer(new NamedParty(heading.Centre.Name, heading.Centre.Code), "tradingCentre"));
        if (heading.Initiator is not { } initiator) return;
        if (heading.Category.IsProcurement()) state.Json.Set("buyer", state.Refer(initiator, "buyer"));
        tender.Set(heading.InitiatorRole(), state.Refer(initiator, heading.InitiatorRole()));
    }
}
