using System.Globalization;
using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Ocds;

/// <summary>Notices and their attachments as OCDS documents.</summary>
internal static class Papers
{
    private const string Language = "zh";

    /// <summary>Lists a notice and what is attached to it in the section of the release it belongs to.</summary>
    public static void File(this ProcessState state, INoticed fact, JsonObject section, IEnumerable<LotId>? lots = null, string? description = null)
    {
        var notice = fact.Notice;
        var related = lots?.ToList() ?? [];
        foreach (var lot in related) state.Lot(lot);
        section.Item("documents", notice.NoticeId.ToString())
            .Set("documentType", (JsonNode?)TypeOf(fact))
            .Set("title", notice.Title)
            .Set("description", (JsonNode?)description)
            .Set("url", new Uri(state.Service, $"v1/notices/{notice.NoticeId}").AbsoluteUri)
            .Set("datePublished", fact is LegacyNoticeImported legacy ? LegalTime.StartOf(legacy.PublishedOn) : notice.PublishedAt)
            .Set("format", "application/json")
            .Set("language", Language)
            .Set("relatedLots", related);
        foreach (var (number, attachment) in (notice.Attachments ?? []).Index())
        {
            section.Item("documents", string.Create(CultureInfo.InvariantCulture, $"{notice.NoticeId}-{number + 1}"))
                .Set("documentType", (JsonNode?)(attachment.Kind is "tender-documents" ? "biddingDocuments" : null))
                .Set("title", attachment.Name)
                .Set("url", attachment.Url.AbsoluteUri)
                .Set("datePublished", notice.PublishedAt)
                .Set("format", attachment.MediaType)
                .Set("language", Language);
        }
    }

    /// <summary>Says of a notice, wherever it is listed, that it no longer stands.</summary>
    public static void Void(this ProcessState state, Guid notice, string reason, DateTimeOffset at)
    {
        foreach (var document in Listed(state.Json, notice.ToString()))
            document.Set("description", $"已撤销：{reason}").Set("dateModified", at);
    }

    private static IEnumerable<JsonObject> Listed(JsonNode node, string id) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key is "documents"
            ? members.Items("documents").Where(document => (string?)document["id"] == id)
            : member.Value is { } inner ? Listed(inner, id) : []),
        JsonArray list => list.SelectMany(item => item is null ? [] : Listed(item, id)),
        _ => [],
    };

    private static string? TypeOf(INoticed fact) => fact switch
    {
        PlanPublished or ProcurementIntentionPublished => "plannedProcurementNotice",
        PrequalificationAnnounced or AnnouncementPublished or SoleSourcePublicised => "tenderNotice",
        DocumentsClarified => "clarifications",
        QualificationDecided => "shortlistedFirms",
        BidsOpened => "bidders",
        CandidatesPublicised or LegacyNoticeImported => "evaluationReports",
        AwardAnnounced => "awardNotice",
        AwardCancelled or ProcedureTerminated or NoticeWithdrawn or ContractTerminated => "cancellationDetails",
        ContractPublished => "contractNotice",
        PerformanceReported { Kind: PerformanceKind.Payment or PerformanceKind.Settlement } => "financialProgressReport",
        PerformanceReported => "physicalProgressReport",
        AcceptancePublished => "completionCertificate",
        ObjectionRaised or ObjectionAnswered => "complaints",
        _ => null,
    };
}
