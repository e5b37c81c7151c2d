using Trading.Events;
using Trading.Kernel;
using Trading.Law;
using Trading.Supervision.Alerts;
using Trading.Tests.Harness;
using Trading.Tests.Law;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Supervision.Alerts;

/// <summary>Given a procedure's facts, by a moment, then these alerts.</summary>
public sealed class WatchingTests
{
    /// <summary>R-T-14: thirty days from 30 March 2026, the 29th of April, a working day.</summary>
    private static readonly INoticed[] Awarded =
    [
        Registered(), Announced(L1, L2), Opened(L1, L2).Published("2026-03-23T10:00:00"), Shown(L1, L2), Decided(To(First, L1), To(Second, L2)),
    ];

    [Theory]
    [InlineData("2026-03-30T10:00:00", "Begun Green 2026-03-30T10:00:00")]
    [InlineData("2026-04-14T23:59:59", "Begun Green 2026-03-30T10:00:00")]
    [InlineData("2026-04-15T00:00:00", "Begun Green 2026-03-30T10:00:00", "Half Yellow 2026-04-15T00:00:00")]
    [InlineData("2026-04-22T11:59:59", "Begun Green 2026-03-30T10:00:00", "Half Yellow 2026-04-15T00:00:00")]
    [InlineData("2026-04-29T23:59:59", "Begun Green 2026-03-30T10:00:00", "Half Yellow 2026-04-15T00:00:00", "ThreeQuarters Yellow 2026-04-22T12:00:00")]
    [InlineData(
        "2026-04-30T00:00:00", "Begun Green 2026-03-30T10:00:00", "Half Yellow 2026-04-15T00:00:00", "ThreeQuarters Yellow 2026-04-22T12:00:00",
        "Broken Red 2026-04-30T00:00:00")]
    public void lights_come_on_at_half_at_three_quarters_and_when_the_time_is_over(string now, params string[] told) =>
        Assert.Equal(told, Told(Awarded, now, "R-T-14"));

    [Fact]
    public void an_alert_says_what_is_due_when_for_which_lots_and_by_which_article()
    {
        var raised = Assert.IsType<AlertRaised>(Assert.Single(Of(Awarded, "2026-04-15T00:00:00").Alerts).Events[^1]);

        Assert.Equal(("R-T-14", "招标投标法 第四十六条", At("2026-04-29T23:59:59"), Awarded[^1].Notice.NoticeId), (raised.Rule, raised.Citation, raised.DueAt, raised.StartedBy));
        Assert.Equal([L1, L2], raised.Lots);
        Assert.Equal(
            [new("lots", "001, 002"), new("awardPublishedAt", "2026-03-30T10:00:00+08:00"), new("contractSignedOn", "—"), new Fact("latestLawful", "2026-04-29")], raised.Facts);
        Assert.EndsWith("期限已过半，合同签订最迟：2026-04-29T23:59:59+08:00。", raised.Explanation.Zh, StringComparison.Ordinal);
        Assert.EndsWith("Half of the time is over; latest signing of the contract: 2026-04-29T23:59:59+08:00.", raised.Explanation.En, StringComparison.Ordinal);
        Assert.Equal(Heading(), raised.Heading);
    }

    [Theory]
    [InlineData("2026-04-10T17:00:00", "2026-04-10", "Begun Green 2026-03-30T10:00:00", "Settled Green Kept 2026-04-10T17:00:00")]
    [InlineData(
        "2026-04-20T17:00:00", "2026-04-18", "Begun Green 2026-03-30T10:00:00", "Half Yellow 2026-04-15T00:00:00", "Settled Green Kept 2026-04-20T17:00:00")]
    [InlineData(
        "2026-05-06T17:00:00", "2026-05-06", "Begun Green 2026-03-30T10:00:00", "Half Yellow 2026-04-15T00:00:00", "ThreeQuarters Yellow 2026-04-22T12:00:00",
        "Broken Red 2026-04-30T00:00:00", "Settled Red Late 2026-05-06T17:00:00")]
    [InlineData(
        "2026-05-06T17:00:00", "2026-04-29", "Begun Green 2026-03-30T10:00:00", "Half Yellow 2026-04-15T00:00:00", "ThreeQuarters Yellow 2026-04-22T12:00:00",
        "Broken Red 2026-04-30T00:00:00", "Settled Green Kept 2026-05-06T17:00:00")]
    public void what_comes_settles_it_by_the_day_on_which_it_was_done(string published, string signed, params string[] told)
    {
        var contract = Contracted(L1, L2).Published(published) with { SignedOn = DateOnly.Parse(signed, null) };

        Assert.Equal(told, Told([.. Awarded, contract], "2026-06-30T00:00:00", "R-T-14"));
    }

    [Fact]
    public void lots_leave_one_by_one()
    {
        INoticed[] facts = [.. Awarded, Contracted(L2).Published("2026-04-10T17:00:00"), Terminated(TerminationKind.Terminated, L1).Published("2026-04-20T09:00:00")];

        var events = Assert.Single(Of(facts, "2026-06-30T00:00:00").Alerts).Events;

        Assert.Equal(["001, 002", "001"], events.OfType<AlertRaised>().Select(raised => string.Join(", ", raised.Lots)));
        Assert.Equal("Settled Green Kept 2026-04-20T09:00:00", Told(events[^1]));
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void nobody_waits_any_more_once_what_began_it_is_gone(INoticed end) => Assert.Equal(
        ["Begun Green 2026-03-30T10:00:00", "Settled Green Lapsed 2026-04-20T09:00:00"],
        Told([Registered(), Announced(L1), Opened(L1).Published("2026-03-23T10:00:00"), Shown(L1), Decided(To(First, L1)), end], "2026-06-30T00:00:00", "R-T-14")
            .Where(told => !told.StartsWith("Half", StringComparison.Ordinal)));

    public static TheoryData<INoticed> Ends =>
    [
        Withdrawn(Decided()).Published("2026-04-20T09:00:00"), Cancelled(L1).Published("2026-04-20T09:00:00"),
        Terminated(TerminationKind.Terminated, L1).Published("2026-04-20T09:00:00"), Closed().Published("2026-04-20T09:00:00"),
    ];

    [Fact]
    public void when_what_settled_it_is_withdrawn_it_is_awaited_again()
    {
        var contract = Contracted(L1, L2).Published("2026-04-20T17:00:00");

        Assert.Equal(
            [
                "Begun Green 2026-03-30T10:00:00", "Half Yellow 2026-04-15T00:00:00", "Settled Green Kept 2026-04-20T17:00:00", "Half Yellow 2026-04-21T09:00:00",
                "ThreeQuarters Yellow 2026-04-22T12:00:00", "Broken Red 2026-04-30T00:00:00",
            ],
            Told([.. Awarded, contract, Withdrawn(contract).Published("2026-04-21T09:00:00")], "2026-06-30T00:00:00", "R-T-14"));
    }

    [Fact]
    public void every_objection_has_its_own_time()
    {
        var second = Objected().Published("2026-03-26T11:00:00") with { Notice = Objected().Published("2026-03-26T11:00:00").Another(125), ObjectionId = Id(902) };
        INoticed[] facts = [.. Awarded[..4], Objected().Published("2026-03-26T10:00:00"), second, Answered().Published("2026-03-27T16:00:00")];

        var alerts = Of(facts, "2026-04-30T00:00:00").Alerts;

        Assert.Equal(2, alerts.Count);
        Assert.Equal("Settled Green Kept 2026-03-27T16:00:00", Told(alerts[0].Events[^1]));
        // Three days from Thursday end on Sunday and roll to Monday.
        Assert.Equal("Broken Red 2026-03-31T00:00:00", Told(alerts[1].Events[^1]));
    }

    [Fact]
    public void what_the_service_learns_late_lights_up_when_it_learns_of_it()
    {
        var told = Objected().Published("2026-04-02T09:00:00");

        Assert.Equal(
            ["Begun Green", "Half Yellow", "ThreeQuarters Yellow", "Broken Red"],
            Told([.. Awarded[..4], told], "2026-04-02T09:00:00", "R-T-08").Select(line => line.Replace(" 2026-04-02T09:00:00", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void a_time_that_begins_later_is_looked_at_when_it_begins()
    {
        INoticed[] facts = [Registered(TradeCategory.Land, ProcedureMethod.Listing), Offered(L1)];

        var early = Of(facts, "2026-03-03T00:00:00");
        Assert.Empty(early.Alerts);
        Assert.Equal(ClosesAt, early.Next);
        Assert.Equal(["Begun Green 2026-03-23T09:00:00"], Told(facts, "2026-03-23T09:00:00", "R-L-03"));
    }

    [Theory]
    [InlineData("2026-03-30T10:00:00", "2026-04-15T00:00:00")]
    [InlineData("2026-04-15T00:00:00", "2026-04-22T12:00:00")]
    [InlineData("2026-04-22T12:00:00", "2026-04-30T00:00:00")]
    [InlineData("2026-04-30T00:00:00", null)]
    public void says_when_to_look_again(string now, string? next) => Assert.Equal(next is null ? null : At(next), Of(Awarded, now).Next);

    [Fact]
    public void nothing_is_awaited_by_a_rule_that_does_not_govern_the_procedure()
    {
        Assert.Empty(Of([Registered(TradeCategory.Other), .. Awarded[1..]], "2026-06-30T00:00:00").Alerts);
        Assert.Empty(Of([Registered()], "2026-06-30T00:00:00").Alerts);
    }

    /// <summary>Looked at at every moment or only in the end: the alerts are the same, and each look only adds.</summary>
    [Fact]
    public void whoever_looks_and_however_often_the_alerts_are_the_same()
    {
        foreach (var (name, facts) in Lives.All)
        {
            var end = Of(facts, "2028-01-01T00:00:00").Alerts.ToDictionary(alert => alert.AlertId, alert => alert.Events);
            for (var now = At("2026-03-01T00:00:00"); now < At("2026-09-01T00:00:00"); now = now.AddHours(11))
            {
                foreach (var (alertId, _, events) in Of(facts.TakeWhile(fact => fact.Notice.PublishedAt <= now), TimeConverter.Write(now)[..19]).Alerts)
                    Assert.True(end.ContainsKey(alertId) && events.Select(Told).SequenceEqual(end[alertId].Take(events.Count).Select(Told)), $"{name} at {now:O}");
            }
        }
    }

    [Fact]
    public void concerns_what_begins_ends_or_undoes_it_and_nothing_else()
    {
        var engineering = Watching.Concerning(Lawbook.Embedded).Where(of => of.Category is TradeCategory.Engineering).Select(of => of.Type).ToHashSet();

        Assert.Superset(new HashSet<string> { "award-announced", "contract-published", "objection-raised", "objection-answered", "notice-withdrawn" }, engineering);
        Assert.DoesNotContain("announcement-published", engineering);
        Assert.DoesNotContain("procedure-registered", engineering);
    }

    [Fact]
    public void a_narrower_rule_has_its_own_time()
    {
        var law = LawbookTests.With("""{"id":"R-T-14","computation":"maximum","from":"award-published-at","to":"contract-signed-on","value":10,"jurisdiction":"4205"}""");

        var raised = Watching.Of(law, Id(1), Awarded, At("2026-04-10T00:00:00")).Alerts.Single().Events.OfType<AlertRaised>().Last();

        Assert.Equal((AlertLight.Red, At("2026-04-09T23:59:59")), (raised.Light, raised.DueAt));
    }

    [Fact]
    public void recorded_alerts_are_not_raised_again()
    {
        var earned = Assert.Single(Of(Awarded, "2026-04-30T00:00:00").Alerts).Events;
        var state = Spec.Folded<AlertState>(earned.Take(2));

        Assert.Equal(earned, AlertState.None.Missing(earned));
        Assert.Equal(earned.Skip(2), state.Missing(earned));
        Assert.Empty(Spec.Folded<AlertState>(earned).Missing(earned));
    }

    private static Watching Of(IEnumerable<INoticed> facts, string now) => Watching.Of(Lawbook.Embedded, Id(1), facts, At(now));

    private static IEnumerable<string> Told(IEnumerable<INoticed> facts, string now, string rule) =>
        Of(facts, now).Alerts.Where(alert => alert.Provision.Id == rule).SelectMany(alert => alert.Events).Select(Told);

    private static string Told(IAlerted alerted) => alerted switch
    {
        AlertRaised raised => $"{raised.Step} {raised.Light} {TimeConverter.Write(raised.ReachedAt)[..19]}",
        AlertSettled settled => $"Settled {settled.Light} {settled.Outcome} {TimeConverter.Write(settled.SettledAt)[..19]}",
        _ => "",
    };
}
