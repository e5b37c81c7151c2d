using System.Text.Json.Serialization;
using Trading.Kernel;

namespace Trading.Events;

/// <summary>A fact that is put before the public. Every event of a procedure is one.</summary>
public interface INoticed
{
    Notice Notice { get; }
}

/// <summary>公告、公示: what the public reads of a fact, in the words of the one who published it.</summary>
/// <param name="PublishedAt">When the service accepted it; a claimed time stands in the fact itself.</param>
/// <param name="Text">The original wording; personal, for anything may stand in it.</param>
/// <param name="Html">The original wording without what loads or runs anything.</param>
/// <param name="Sha256">Of the original wording as it was sent, UTF-8, in lowercase hexadecimal.</param>
/// <param name="Media">指定媒介: where the same notice appears.</param>
public sealed record Notice(
    Guid NoticeId,
    Heading Heading,
    string Title,
    DateTimeOffset PublishedAt,
    Disclosure Disclosure,
    [property: Personal] string? Text = null,
    [property: Personal] string? Html = null,
    [property: Personal] string? Sha256 = null,
    IReadOnlyList<Attachment>? Attachments = null,
    IReadOnlyList<string>? Media = null,
    string? SourceUrl = null) : Sealable;

/// <summary>The head every notice of a procedure repeats, so that it can be read, filtered and mirrored on its own.</summary>
/// <param name="Region">项目所在行政区域: where the project lies, not the operator.</param>
/// <param name="ClassCode">Unknown, like <paramref name="Initiator"/>, of what was taken over from a former system.</param>
public sealed record Heading(
    string Ocid,
    string ProcedureTitle,
    TradeCategory Category,
    RegionCode Region,
    Centre Centre,
    ClassCode? ClassCode = null,
    NamedParty? Initiator = null);

/// <summary>公共资源交易中心: the trading centre that keeps the procedure.</summary>
public sealed record Centre(CreditCode Code, string Name);

/// <summary>公开属性 and 保密审查: whether a fact is public, and who found that it may be.</summary>
public sealed record Disclosure(DisclosureKind Attribute, SecrecyReview? SecrecyReview = null)
{
    [JsonIgnore]
    public bool IsPublic => Attribute is DisclosureKind.Active;
}

/// <summary>主动公开、依申请公开、不予公开 (政府信息公开条例 第十三条至第十七条).</summary>
public enum DisclosureKind { Active, OnRequest, Withheld }

/// <summary>保密审查 (政府信息公开条例 第十七条).</summary>
public sealed record SecrecyReview([property: Personal] string? Reviewer, DateTimeOffset ReviewedAt, ReviewResult Result) : Sealable;

public enum ReviewResult { Passed, Refused }

/// <summary>附件. The file stays where it is; its hash is kept.</summary>
/// <param name="Size">In bytes.</param>
public sealed record Attachment(string Name, string Kind, string MediaType, long Size, string Sha256, Uri Url);
