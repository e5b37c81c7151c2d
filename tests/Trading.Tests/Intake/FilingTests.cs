using System.Security.Cryptography;
using System.Text;
using Trading.Docket;
using Trading.Events;
using Trading.Http;
using Trading.Intake;
using Trading.Kernel;
using Trading.Stages.Planning;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Intake;

public sealed class FilingTests
{
    private static readonly Standing Docket = Spec.Folded<Standing>(Registered());
    private static readonly Disclosure Reviewed = new(DisclosureKind.Active, new SecrecyReview("李审查", RegisteredAt, ReviewResult.Passed));

    [Fact]
    public void the_notice_repeats_the_head_of_the_procedure_and_has_a_title_of_its_own_kind()
    {
        var filing = Filed(new PlanBody("2026-03", "教学楼") { Disclosure = Reviewed, Text = "原文" });
        var notice = filing.Notice<PlanPublished>(Docket);

        Assert.Equal(Heading(), notice.Heading);
        Assert.Equal("示例市第一中学教学楼建设项目招标计划", notice.Title);
        Assert.Equal((filing.NoticeId, Later, TimeSpan.FromHours(8)), (notice.NoticeId, notice.PublishedAt, notice.PublishedAt.Offset));
        Judge(filing).ThenWarned().Keeping("disclosure.review-missing", "disclosure.review-not-passed", "disclosure.review-in-future");
    }

    [Fact]
    public void the_hash_is_that_of_the_wording_as_it_was_sent()
    {
        const string html = "<p onclick=\"x()\">原文</p>";
        var notice = Filed(new PlanBody("2026-03", "教学楼") { Disclosure = Reviewed, Html = html }).Notice<PlanPublished>(Docket);

        Assert.Equal("<p>原文</p>", notice.Html);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(html))), notice.Sha256);
    }

    [Theory]
    [InlineData("<p>原文<span style=\"display:none\">隐藏</span></p>", "2")]
    [InlineData("<p>原文</p>", null)]
    public void what_its_readers_do_not_see_is_not_published_and_that_is_warned_of(string html, string? hidden)
    {
        var filing = Filed(new PlanBody("2026-03", "教学楼") { Disclosure = Reviewed, Html = html });

        Assert.Equal("<p>原文</p>", filing.Notice<PlanPublished>(Docket).Html);
        var finding = filing.Findings.Single(finding => finding.Rule.Code is "notice.hidden-text");
        Assert.Equal(hidden is null ? VerdictOutcome.Compliant : VerdictOutcome.Violation, finding.Outcome);
        Assert.Equal(hidden ?? "0", finding.Facts.Single().Value);
        if (hidden is null) Judge(filing).ThenWarned();
        else Judge(filing).ThenWarned("notice.hidden-text");
    }

    [Fact]
    public void a_posting_that_says_nothing_of_its_review_is_refused()
    {
        var filing = Filed(new PlanBody("2026-03", "教学楼"));
        filing.Notice<PlanPublished>(Docket);

        Judge(filing).ThenRefused("disclosure.review-missing");
    }

    [Fact]
    public void a_registration_need_not_say_it()
    {
        var filing = Filed(new PlanBody("2026-03", "教学楼"));

        Assert.Equal(new Disclosure(DisclosureKind.Active), filing.Notice<ProcedureRegistered>(Docket).Disclosure);
        Judge(filing).ThenWarned();
    }

    [Fact]
    public void the_contact_of_a_bidder_is_not_recorded_and_that_is_told()
    {
        var filing = Filed(new PlanBody("2026-03", "教学楼"));

        Assert.Equal(First, filing.Bidder(First with { Contact = Initiator.Contact }));
        Judge(filing).ThenWarned("party.contact-not-published");
    }

    [Fact]
    public void the_contact_of_the_initiator_is()
    {
        var filing = Filed(new PlanBody("2026-03", "教学楼"));

        Assert.Equal(Initiator, filing.Host(Initiator));
        Judge(filing).ThenWarned();
    }

    private static Filing Filed(NoticeBody body) => new(
        body,
        body.Html is { } html ? (NoticeHtml.Cleaned)NoticeHtml.Clean(html) : null,
        new Caller("publisher", new HashSet<string> { Role.Publisher }, new CallerCentre(Samples.Centre.Code, Samples.Centre.Name), RegionPrefix.Parse("*")),
        Later.ToUniversalTime());

    private static Spec.Answer Judge(Filing filing) => new(Decision.Of(filing.Findings, Planned()));
}
