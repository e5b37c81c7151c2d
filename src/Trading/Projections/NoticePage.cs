using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using JasperFx.Events;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Projections;

/// <summary>One notice as it is read: the event itself, and where it stands in its procedure.</summary>
/// <param name="Content">What the notice states, member by member.</param>
/// <param name="Html">Without what loads or runs anything.</param>
/// <param name="Sha256">Of the original wording as it was sent.</param>
/// <param name="ErasedBy">The notices by which personal data of this one was erased.</param>
/// <param name="DisclosedBy">The notice that made this one public, which was not when it was recorded.</param>
/// <param name="Chain">Every public notice of the procedure, in order.</param>
/// <param name="Position">In the public feed, once it has one.</param>
/// <param name="DefectBy">The notice that says what is wrong with this one, which cannot be shown as it was recorded.</param>
/// <param name="Unreadable">True where this version of the service cannot read the event: its content is what was recorded, as it stands.</param>
public sealed record NoticePage(
    Guid NoticeId,
    Guid ProcedureId,
    string Ocid,
    string Type,
    string Kind,
    string Title,
    DateTimeOffset PublishedAt,
    NoticeStatus Status,
    DisclosureKind Disclosure,
    string Citation,
    Heading Procedure,
    JsonObject Content,
    string? Text,
    string? Html,
    string? Sha256,
    IReadOnlyList<Attachment> Attachments,
    IReadOnlyList<string> Media,
    string? SourceUrl,
    IReadOnlyList<NoticeLine> Chain,
    Guid? WithdrawnBy = null,
    IReadOnlyList<Guid>? CorrectedBy = null,
    IReadOnlyList<Guid>? ErasedBy = null,
    Guid? DisclosedBy = null,
    long? Position = null,
    Guid? DefectBy = null,
    bool? Unreadable = null) : Sealable
{
    // What every notice has stands beside the content.
    private static readonly JsonSerializerOptions ofContent =
        WireJson.StoredWithout((type, property) => property.Name is "notice" && typeof(INoticed).IsAssignableFrom(type.Type));

    public NoticeLinks Links => new($"/v1/notices/{NoticeId}", $"/v1/procedures/{ProcedureId}");

    [JsonIgnore]
    public bool IsPublic => Disclosure is DisclosureKind.Active || DisclosedBy is not null;

    /// <summary>Null when the event is no notice.</summary>
    /// <param name="positions">Of the procedure's events, in order, as far as they are published.</param>
    public static NoticePage? Of(IEvent e, ProcedurePage procedure, IReadOnlyList<long> positions) =>
        e.Data is INoticed fact ? Of(fact, e.StreamId, e.Version, procedure.Notices, positions) : null;

    /// <param name="version">Of the procedure, after the notice.</param>
    /// <param name="chain">As the page of the procedure keeps it.</param>
    /// <param name="positions">Of the procedure's events, in order, as far as they are published.</param>
    public static NoticePage Of(INoticed fact, Guid procedureId, long version, IReadOnlyList<NoticeLine> chain, IReadOnlyList<long> positions)
    {
        var notice = fact.Notice;
        var kind = Catalogue.Of(fact);
        var line = chain.FirstOrDefault(n => n.NoticeId == notice.NoticeId);
        var content = JsonSerializer.SerializeToNode(Told(fact), kind.Type, ofContent)!.AsObject();
        return new NoticePage(
            notice.NoticeId, procedureId, notice.Heading.Ocid, kind.WireName, kind.Titles(notice.Heading.Category), notice.Title,
            line?.PublishedAt ?? notice.PublishedAt,
            line switch
            {
                { Current: false } => NoticeStatus.Withdrawn,
                { CorrectedBy: not null } => NoticeStatus.Corrected,
                _ => NoticeStatus.Current,
            },
            notice.Disclosure.Attribute, kind.Citations(notice.Heading.Category), notice.Heading, content, notice.Text, notice.Html,
            notice.Sha256, notice.Attachments ?? [], notice.Media ?? [], notice.SourceUrl, [.. chain.Select(each => each.At(positions))], line?.WithdrawnBy,
            line?.CorrectedBy, line?.ErasedBy, line?.DisclosedBy, ProcedurePage.PositionOf(version, positions), line?.DefectBy) { Sealed = notice.Sealed };
    }

    /// <summary>The page of an event that cannot be read; null where it does not say that it is public.</summary>
    /// <param name="data">What was recorded.</param>
    /// <param name="procedure">As far as it can be shown.</param>
    public static NoticePage? OfUnreadable(Guid noticeId, EventKind kind, JsonObject data, long version, ProcedurePage procedure, IReadOnlyList<long> positions)
    {
        var notice = data["notice"] as JsonObject;
        if (kind.Type == typeof(ProcedureRegistered) || Text(notice?["disclosure"]?["attribute"]) != WireNames.Of(DisclosureKind.Active)) return null;
        var content = data.DeepClone().AsObject();
        content.Remove("notice");
        return new NoticePage(
            noticeId, procedure.Id, procedure.Ocid, kind.WireName, kind.Titles(procedure.Category), Text(notice!["title"]) ?? kind.Titles(procedure.Category),
            TimeConverter.TryParse(Text(notice["publishedAt"]) ?? "", out var at) ? at : procedure.ChangedAt, NoticeStatus.Current, DisclosureKind.Active, kind.Citations(procedure.Category),
            new Heading(procedure.Ocid, procedure.Title, procedure.Category, procedure.RegionCode, procedure.Centre, procedure.ClassCode), content, null, null, null, [], [], null,
            [.. procedure.Notices.Select(each => each.At(positions))], Position: ProcedurePage.PositionOf(version, positions), Unreadable: true);

        static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    }

    /// <summary>Contacts stand in announcements (10号令 第五条); the registration keeps them for those and does not show them.</summary>
    private static INoticed Told(INoticed fact) => fact is ProcedureRegistered registered
        ? registered with
        {
            Initiator = registered.Initiator with { Contact = null, Sealed = null },
            Agency = registered.Agency is { } agency ? agency with { Contact = null, Sealed = null } : null,
        }
        : fact;
}

public enum NoticeStatus { Current, Corrected, Withdrawn }

/// <summary>Where to read on; addresses relative to the service.</summary>
public sealed record NoticeLinks(string Self, string Procedure);
