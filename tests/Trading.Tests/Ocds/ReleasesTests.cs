using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;
using Trading.Ocds;
using Trading.Ocds.Merging;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Ocds;

/// <summary>Given the facts of a procedure, the releases they make.</summary>
public sealed class ReleasesTests
{
    [Fact]
    public void every_kind_of_notice_makes_a_release()
    {
        var released = Lives.All.SelectMany(life => Releases.Of(Recording.Of(life.Facts), Contacts.None, Told.Service)).Count();
        Assert.Equal(Lives.All.Sum(life => life.Facts.Count(fact => fact.Notice.Disclosure.IsPublic)), released);
        Assert.Empty(Catalogue.All.Select(kind => kind.Type).Except(Lives.All.SelectMany(life => life.Facts).Select(fact => fact.GetType())));
    }

    [Fact]
    public void a_release_says_whose_it_is_and_when_it_was_recorded()
    {
        var events = Recording.Of(Registered());
        var release = Assert.Single(Releases.Of(events, Contacts.None, Told.Service));
        Assert.Equal(
            (Registered().Notice.Heading.Ocid, events[0].Id.ToString(), "2026-03-01T10:00:00.000000+08:00", "tender", "zh"),
            ((string)release["ocid"]!, (string)release["id"]!, (string)release["date"]!, (string)release["initiationType"]!, (string)release["language"]!));
    }

    [Fact]
    public void the_tags_of_a_whole_tender() => Assert.Equal(
        [
            "planning", "planningUpdate", "tender", "tenderUpdate", "tenderAmendment", "tenderAmendment", "tenderUpdate", "tenderUpdate", "tenderUpdate", "tenderUpdate",
            "tenderUpdate", "tenderUpdate", "award", "awardCancellation", "award", "tenderUpdate", "tenderUpdate", "contract", "contractAmendment",
            "implementation", "implementationUpdate contractTermination", "contractTermination", "tenderUpdate", "tenderUpdate", "tenderUpdate",
        ],
        Of(Lives.All[0].Facts).Select(release => string.Join(' ', release.Tags())));

    [Fact]
    public void a_tender_that_is_given_up_is_cancelled_and_a_part_of_it_is_not()
    {
        Assert.Equal(["tenderCancellation"], Of([Registered(), Announced(L1, L2, L3), Terminated(TerminationKind.Terminated, L1, L2, L3)])[^1].Tags());
        Assert.Equal(["tenderUpdate"], Of([Registered(), Announced(L1, L2, L3), Terminated(TerminationKind.Terminated, L1)])[^1].Tags());
        Assert.Equal(["tenderUpdate"], Of([Registered(), Announced(L1, L2, L3), Terminated(TerminationKind.Failed, L1, L2, L3)])[^1].Tags());
    }

    [Fact]
    public void a_release_holds_what_has_changed_and_what_it_refers_to()
    {
        var release = Of([Registered(), Announced(L1), Extended("2026-03-24T09:00:00", L1)])[^1];
        Assert.Equal(
            """{"tenderPeriod":{"endDate":"2026-03-24T09:00:00+08:00"},"id":"001"}""",
            Assert.Single(release["tender"]!["lots"]!.AsArray())!.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal));
        Assert.Null(release["tender"]!["title"]);
        Assert.Null(release["planning"]);

        var bids = Of([Registered(), Announced(L1), Opened(L1)])[^1];
        Assert.Superset(
            bids["bids"]!["details"]!.AsArray().Select(bid => (string)bid!["tenderers"]![0]!["id"]!).ToHashSet(),
            bids["parties"]!.AsArray().Select(party => (string)party!["id"]!).ToHashSet());
    }

    [Fact]
    public void a_lot_put_out_again_without_a_deadline_has_none()
    {
        var again = Announced() with { Notice = Announced().Another(50), Lots = [new AnnouncedLot(L1, 2)], Submission = null };
        var release = Of([Registered(), Announced(L1), Terminated(TerminationKind.Failed, L1), again])[^1];
        var lot = release["tender"]!["lots"]![0]!;
        Assert.True(lot["tenderPeriod"]!.AsObject() is { Count: 2 } period && period.All(member => member.Value is null));
        Assert.Equal((2, "active"), ((int)lot["round"]!, (string)lot["status"]!));
    }

    [Fact]
    public void an_award_cancelled_puts_its_lot_back_and_another_is_a_new_award()
    {
        var compiled = Compiled([Registered(), Announced(L1), Opened(L1), Decided(To(First, L1)), Cancelled(L1), Decided(To(Second, L1)) with { Notice = Decided().Another(50) }]);
        Assert.Equal(["cancelled", "active"], compiled["awards"]!.AsArray().Select(award => (string)award!["status"]!));
        Assert.Equal(["中标人放弃中标", null], compiled["awards"]!.AsArray().Select(award => (string?)award!["description"]));
        Assert.Equal("complete", (string)compiled["tender"]!["lots"]![0]!["status"]!);
        Assert.Equal("001-CN-USCC-91420500MA4AAAA256", (string)compiled["awards"]![1]!["relatedBids"]![0]!);
    }

    [Fact]
    public void a_notice_that_is_withdrawn_stays_listed_and_what_it_brought_is_undone()
    {
        var compiled = Compiled([Registered(), Announced(L1), Shown(L1), Withdrawn(Shown())]);
        var document = compiled["tender"]!["documents"]!.AsArray().Single(d => (string)d!["id"]! == Shown().Notice.NoticeId.ToString())!;
        Assert.Equal("已撤销：公告内容有误", (string)document["description"]!);
        Assert.All(compiled["bids"]!["details"]!.AsArray(), bid => Assert.Null(bid!["rank"]));

        Assert.Equal("planned", (string)Compiled([Registered(), Announced(L1), Withdrawn(Announced())])["tender"]!["status"]!);
        Assert.Equal(["awardCancellation", "tenderUpdate"], Of([Registered(), Announced(L1), Decided(To(First, L1)), Withdrawn(Decided())])[^1].Tags());
    }

    [Fact]
    public void what_was_corrected_names_the_release_it_amends()
    {
        var amendment = Compiled([Registered(), Announced(L1), Corrected(Announced().Notice.NoticeId, L1)])["tender"]!["amendments"]![0]!;
        Assert.Equal((Announced().Notice.NoticeId.ToString(), Corrected(Guid.Empty).Notice.NoticeId.ToString()), ((string)amendment["amendsReleaseID"]!, (string)amendment["releaseID"]!));
        Assert.Equal(("开标地点", "第一开标室", "第二开标室"), (
            (string)amendment["unstructuredChanges"]![0]!["where"]!["label"]!, (string)amendment["unstructuredChanges"]![0]!["oldValue"]!["text"]!,
            (string)amendment["unstructuredChanges"]![0]!["newValue"]!["text"]!));
    }

    [Fact]
    public void who_gives_up_a_right_is_no_buyer()
    {
        var land = Compiled([Registered(TradeCategory.Land, ProcedureMethod.Listing), Offered(L1) with { Notice = Notice(5, category: TradeCategory.Land) }]);
        Assert.Null(land["buyer"]);
        Assert.Null(land["tender"]!["procuringEntity"]);
        Assert.Equal(("示例市教育局", "land", "示例2026-01"), (
            (string)land["tender"]!["seller"]!["name"]!, (string)land["tender"]!["tradeCategory"]!, (string)land["tender"]!["lots"]![0]!["parcel"]!["number"]!));
        Assert.Equal(1000000m, (decimal)land["tender"]!["lots"]![0]!["offering"]!["minimumValue"]!["amount"]!);
        Assert.Equal("示例市教育局", (string)Compiled([Registered()])["buyer"]!["name"]!);
    }

    [Theory]
    [InlineData("CNY", true)]
    [InlineData("QQQ", false)]
    public void a_price_that_the_standard_cannot_say_is_said_in_our_words(string currency, bool said)
    {
        var bid = new OpenedBid(L1, First, new AmountPrice(Trading.Kernel.Yuan.Parse("12.50"), currency));
        var released = Compiled([Registered(), Opened(L1) with { Bids = [bid] }])["bids"]!["details"]![0]!;
        Assert.Equal((said, !said), (released["value"] is not null, released["price"] is not null));
        var rate = Compiled([Registered(), Opened(L1) with { Bids = [bid with { Price = new RatePrice(Percent.Parse("20.50"), "下浮率") }] }])["bids"]!["details"]![0]!;
        Assert.Equal(("rate", "20.50", "下浮率"), ((string)rate["price"]!["form"]!, (string)rate["price"]!["percent"]!, (string)rate["price"]!["basis"]!));
    }

    [Fact]
    public void what_is_not_public_leaves_no_trace_until_it_is_disclosed()
    {
        var hidden = Announced(L1) with { Notice = Lives.Hidden(Announced()) };
        var facts = new INoticed[] { Registered(), hidden, Suspended() };
        var before = Compiled(facts);
        Assert.Equal("planned", (string)before["tender"]!["status"]!);
        Assert.DoesNotContain(hidden.Notice.NoticeId.ToString(), before.ToJsonString(), StringComparison.Ordinal);

        var releases = Of([.. facts, Disclosed(hidden)]);
        Assert.Equal(3, releases.Count);
        Assert.Equal("active", (string)PublishedRules.All.Compile(releases)["tender"]!["status"]!);
        Assert.Contains(hidden.Notice.NoticeId.ToString(), releases[^1].ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void contacts_stand_in_announcements_alone()
    {
        Assert.Null(Party(Compiled([Registered()]))["contactPoint"]);
        Assert.Equal("0717-0000000", (string)Party(Compiled([Registered(), Announced(L1)]))["contactPoint"]!["telephone"]!);
    }

    [Fact]
    public void releases_of_one_moment_have_dates_in_their_order()
    {
        var events = Recording.Of(Lives.All[0].Facts);
        foreach (var e in events) e.Timestamp = RegisteredAt;
        var dates = Releases.Of(events, Contacts.None, Told.Service).Select(release => (string)release["date"]!).ToList();
        Assert.Equal(events.Count, dates.Distinct().Count());
        Assert.Equal(dates.Order(StringComparer.Ordinal), dates);
    }

    private static IReadOnlyList<JsonObject> Of(IEnumerable<INoticed> facts) => Releases.Of(Recording.Of(facts), Contacts.None, Told.Service);

    private static JsonObject Compiled(IEnumerable<INoticed> facts) => PublishedRules.All.Compile(Of(facts));

    private static JsonNode Party(JsonObject release) => release["parties"]!.AsArray().Single(party => (string)party!["name"]! == Initiator.Name)!;
}
