using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Trading.Events;
using Trading.Http;
using Trading.Kernel;

namespace Trading.Intake;

/// <summary>One notice of a former system as it comes: no announcement, no deadlines, prices as text.</summary>
public sealed record LegacyLine(
    string SourceId,
    RegionCode RegionCode,
    TradeCategory Category,
    LegacyNoticeType NoticeType,
    string Title,
    DateOnly PublishedOn,
    string ProjectName,
    IReadOnlyList<LegacyCandidate> Candidates,
    string? SourceUrl = null,
    DateTimeOffset? PublicityStart = null,
    DateTimeOffset? PublicityEnd = null,
    string? PublicityText = null)
{
    // Former systems kept whole evaluation reports in the place of a name; history is taken over as it stood.
    private const int LongestName = 10_000;

    /// <param name="today">In legal time; nothing was published later.</param>
    /// <exception cref="JsonException">The line is not one notice in this form.</exception>
    public static LegacyLine Read(ReadOnlySpan<byte> json, DateOnly today)
    {
        if (NullItems.FirstIn(json) is { } pointer) throw new JsonException(null, pointer, null, null, new InvalidValueException(NullItem));
        var line = JsonSerializer.Deserialize<LegacyLine>(json, WireJson.Strict) ?? throw new JsonException();
        foreach (var (member, text, most) in new[]
        {
            ("sourceId", line.SourceId, 200), ("title", line.Title, 600), ("projectName", line.ProjectName, 600),
        })
            Require(text.Trim().Length is > 0 && text.Length <= most, member, WrongLength);
        Require(line.Candidates.Count is > 0 and <= Lengths.Bidders, "candidates", WrongCount);
        Require(line.Candidates.All(c => c.Name.Trim().Length is > 0 && c.Name.Length <= LongestName && c.Rank > 0), "candidates", WrongCandidate);
        Require(line.Candidates.All(c => !string.IsNullOrWhiteSpace(c.PriceText) && c.PriceText.Length <= OtherPrice.LongestText), "candidates", Price.WrongText);
        Require(line.PublishedOn <= today, "publishedOn", InFuture);
        Require(line.PublicityStart is null == line.PublicityEnd is null && !(line.PublicityEnd < line.PublicityStart), "publicityEnd", Period.EndsBeforeItBegins);
        return line;
    }

    /// <summary>The procedure this notice alone makes; the same whenever the same centre imports the same source.</summary>
    public Guid ProcedureId(CreditCode centre) => Named("procedure", centre);

    public LegacyNoticeImported Fact(CallerCentre centre, OcdsPrefix ocds, string sha256, DateTimeOffset at) => new(
        new Notice(
            Named("notice", centre.Code),
            new Heading(ocds.Of(ProcedureId(centre.Code)), ProjectName, Category, RegionCode, new Centre(centre.Code, centre.Name)),
            Title, LegalTime.Here(at), new Disclosure(DisclosureKind.Active), Sha256: sha256, SourceUrl: SourceUrl),
        SourceId, NoticeType, ProjectName, PublishedOn,
        [.. Candidates.Select(c => new Candidate(c.Rank, new Party(c.Name), PriceText.Read(c.PriceText)))],
        PublicityStart is { } from && PublicityEnd is { } until ? new Period(from, until) : null, PublicityText);

    private static readonly Flaw NullItem = new("legacy.null-item", "不能为null。", "It must not be null.");
    private static readonly Flaw WrongLength = new("legacy.length", "文本为空或过长。", "The text is empty or too long.");
    private static readonly Flaw InFuture = new("legacy.published-in-future", "历史公告的发布日期不得晚于今天。", "A notice of a former system was not published after today.");
    private static readonly Flaw WrongCount = new("legacy.candidates", "候选人数量须为1至2000。", "One to 2000 candidates.");
    private static readonly Flaw WrongCandidate = new("legacy.candidate", "候选人须有名称和自1起的排名。", "A candidate has a name and a rank from 1.");

    private static void Require(bool met, string member, Flaw flaw)
    {
        if (!met) throw new JsonException(null, "$." + member, null, null, new InvalidValueException(flaw));
    }

    // A name-based UUID, version 8 (RFC 9562 §5.8), over centre and source.
    private Guid Named(string kind, CreditCode centre)
    {
        Span<byte> id = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"trading/legacy/{kind}\n{centre}\n{SourceId}"), id);
        id[6] = (byte)(id[6] & 0x0F | 0x80);
        id[8] = (byte)(id[8] & 0x3F | 0x80);
        return new Guid(id[..16], bigEndian: true);
    }
}

/// <param name="PriceText">As the former system showed it; read by <see cref="Kernel.PriceText"/>.</param>
public sealed record LegacyCandidate(int Rank, string Name, string PriceText);
