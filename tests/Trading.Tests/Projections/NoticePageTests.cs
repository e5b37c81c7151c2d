using Trading.Events;
using Trading.Projections;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Projections;

public sealed class NoticePageTests
{
    private static readonly INoticed[] Chain =
    [
        Registered(), Announced(L1), Corrected(Id(5), L1), Opened(L1), Shown(L1), Withdrawn(Shown()), Shown(70, L1), Decided(To(First, L1)),
        Contracted(L1), Amended(), Performed(), Accepted(),
    ];

    [Fact]
    public void every_notice_shows_the_whole_chain_it_belongs_to() => Assert.All(Chain, fact => Assert.Equal(
        Chain.Select(f => (f.Notice.NoticeId, Catalogue.Of(f).WireName)),
        Read(fact).Chain.Select(line => (line.NoticeId, line.Type))));

    [Fact]
    public void says_what_became_of_it()
    {
        Assert.Equal((NoticeStatus.Corrected, null), (Read(Announced()).Status, Read(Announced()).WithdrawnBy));
        Assert.Equal([Id(8)], Read(Announced()).CorrectedBy!);
        Assert.Equal((NoticeStatus.Withdrawn, (Guid?)Id(23)), (Read(Shown()).Status, Read(Shown()).WithdrawnBy));
        Assert.Equal(NoticeStatus.Current, Read(Shown(70)).Status);
    }

    [Fact]
    public void its_content_is_the_fact_without_the_head_it_shares_with_all()
    {
        var page = Read(Contracted());

        Assert.Equal(["contractId", "number", "lots", "supplier", "value", "signedOn"], page.Content.Select(member => member.Key));
        Assert.Equal(("合同公告", "示例-2026-001", Heading()), (page.Kind, (string?)page.Content["number"], page.Procedure));
    }

    [Fact]
    public void a_legacy_notice_was_published_when_its_source_says()
    {
        var e = Recording.Event(Lives.Legacy(1), 1);

        Assert.Equal(At("2024-05-06T00:00:00"), NoticePage.Of(e, ProcedureFold.Pages([e]).Single(), [])!.PublishedAt);
    }

    [Fact]
    public void what_is_no_notice_has_no_page() =>
        Assert.Null(NoticePage.Of(Recording.Event("", 2), ProcedureFold.Pages(Recording.Of(Registered())).Single(), []));

    private static NoticePage Read(INoticed fact)
    {
        var events = Recording.Of(Chain);
        return NoticePage.Of(events.Single(e => e.Id == fact.Notice.NoticeId), ProcedureFold.Pages(events).Single(), [])!;
    }
}
