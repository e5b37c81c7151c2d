using System.Text.Json.Serialization;
using Trading.Events;

namespace Trading.Intake;

/// <summary>The members that every posting may have: title, original wording, other places of publication, disclosure.</summary>
public abstract record NoticeBody
{
    /// <summary>公告标题. The procedure's title and the kind of notice when left out. At most 600 characters.</summary>
    [JsonPropertyOrder(100)]
    public virtual string? Title { get; init; }

    /// <summary>Original wording as plain text; either this or <see cref="Html"/>.</summary>
    [JsonPropertyOrder(100)]
    public string? Text { get; init; }

    /// <summary>Original wording as HTML; what loads or runs anything is taken out, its hash is kept.</summary>
    [JsonPropertyOrder(100)]
    public string? Html { get; init; }

    /// <summary>附件. At most 100.</summary>
    [JsonPropertyOrder(100)]
    public IReadOnlyList<Attachment>? Attachments { get; init; }

    /// <summary>公告发布媒介. At most 50.</summary>
    [JsonPropertyOrder(100)]
    public IReadOnlyList<string>? Media { get; init; }

    /// <summary>公开属性 and 保密审查. Without a passed review nothing is published (政府信息公开条例 第十七条).</summary>
    [JsonPropertyOrder(100)]
    public Disclosure? Disclosure { get; init; }

    /// <summary>公告源URL.</summary>
    [JsonPropertyOrder(100)]
    public string? SourceUrl { get; init; }
}
