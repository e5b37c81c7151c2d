using Trading.Events;
using Trading.Kernel;
using Trading.Projections;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Projections;

public sealed class NoticeBoardTests
{
    [Fact]
    public void a_notice_is_a_row_with_what_it_is_found_by()
    {
        var row = Rows(Registered(), Shown(L1))[1];

        Assert.Equal((Id(14), Recording.Procedure, "candidates-publicised", "中标候选人公示"), (row.Id, row.ProcedureId, row.Type, row.Kind));
        Assert.Equal(("engineering", "A01", "420500", "湖北省宜昌市"), (row.Category, row.ClassCode, row.Region, row.RegionName));
        Assert.Equal((Samples.Centre.Code.ToString(), Samples.Centre.Name), (row.Centre, row.CentreName));
        Assert.Equal([Initiator.CreditCode!.ToString(), Initiator.Name], row.Initiators);
        Assert.Equal(new[] { First, Second, Third }.SelectMany(p => new[] { p.CreditCode!.ToString(), p.Name }), row.Parties);
        Assert.Equal((ShownAt.ToUniversalTime(), TimeSpan.Zero, ShownUntil.ToUniversalTime()), (row.PublishedAt, row.PublishedAt.Offset, row.Deadline));
        Assert.Equal((18120535.85m, true, false), (row.Amount, row.Current, row.Legacy));
    }

    [Fact]
    public void an_event_dated_before_an_earlier_one_counts_from_then_on()
    {
        var events = Recording.Of(Registered(), Announced(L1), Shown(L1));
        events[1].Timestamp = events[1].Timestamp.AddHours(2);
        Assert.Equal(events[1].Timestamp, NoticeRow.Of(events).Single(row => row.Id == Id(14)).RecordedAt);
    }

    [Fact]
    public void every_public_fact_of_every_life_has_one_row() => Assert.All(Lives.All, life => Assert.Equal(
        life.Facts.Where(fact => fact.Notice.Disclosure.IsPublic).Select(fact => fact.Notice.NoticeId)
            .Union(life.Facts.OfType<NoticeDisclosed>().Select(fact => fact.Discloses)).Order(),
        Rows(life.Facts).Select(row => row.Id).Order()));

    [Fact]
    public void a_correction_is_a_row_and_marks_what_it_corrects()
    {
        var again = Corrected(Id(5), L1) with { Notice = Corrected(Id(5)).Another(80) };
        var rows = Rows(Registered(), Announced(L1), Corrected(Id(5), L1), again);

        Assert.Equal([Id(8), Id(80)], rows[1].CorrectedBy!);
        Assert.True(rows[1].Current);
        Assert.Equal(4, rows.Count);
    }

    [Fact]
    public void a_withdrawal_is_a_row_and_marks_what_it_withdraws()
    {
        var rows = Rows(Registered(), Announced(L1), Withdrawn(Announced()));

        Assert.Equal([(true, null), (false, Id(23)), (true, (Guid?)null)], rows.Select(row => (row.Current, row.WithdrawnBy)));
    }

    [Fact]
    public void what_is_not_public_has_no_row_and_marks_nothing()
    {
        var rows = Rows(
            Registered(), Announced(L1) with { Notice = Lives.Hidden(Announced()) }, Withdrawn(Announced()),
            Corrected(Id(1), L1) with { Notice = Lives.Hidden(Corrected(Id(1))) });

        Assert.Equal([Id(1), Id(23)], rows.Select(row => row.Id));
        Assert.Null(rows[0].CorrectedBy);
    }

    [Fact]
    public void a_legacy_notice_stands_at_the_day_it_was_published()
    {
        var row = Rows(Lives.Legacy(1)).Single();

        Assert.True(row.Legacy);
        Assert.Equal(new DateTimeOffset(2024, 5, 5, 16, 0, 0, TimeSpan.Zero), row.PublishedAt);
        Assert.Equal(At("2024-05-09T18:00:00").ToUniversalTime(), row.Deadline);
    }

    [Fact]
    public void new_events_store_all_that_they_change() => Assert.All(Lives.All, life =>
    {
        var (events, stored) = (Recording.Of(life.Facts), new Dictionary<Guid, string>());
        foreach (var e in events)
            foreach (var row in NoticeRow.Of(new Lifecycle([.. events.Take((int)e.Version)], e.Version))) stored[row.Id] = Stored.Json(row);

        Assert.Equal(NoticeRow.Of(events).Select(Stored.Json).Order(), stored.Values.Order());
    });

    [Fact]
    public void new_events_store_nothing_else()
    {
        var events = Recording.Of([Registered(), Announced(L1), Withdrawn(Announced())]);

        Assert.Equal([Id(5), Id(23)], NoticeRow.Of(new Lifecycle(events, 3)).Select(row => row.Id));
    }

    [Fact]
    public void times_are_what_their_columns_will_hold()
    {
        var fine = TimeSpan.FromTicks(19);
        var row = Rows(Announced(L1) with { Notice = Notice(5, AnnouncedAt + fine), Submission = new Submission(ClosesAt + fine) }).Single();

        Assert.Equal((AnnouncedAt.AddTicks(10), ClosesAt.AddTicks(10)), (row.PublishedAt, row.Deadline!.Value));
    }

    [Fact]
    public void what_has_no_deadline_or_amount_still_has_its_place()
    {
        var row = Rows(Registered()).Single();

        Assert.Equal((null, null), (row.Deadline, row.Amount));
        Assert.True(row.DeadlineOrder > new DateTimeOffset(2200, 12, 31, 23, 59, 59, TimeSpan.Zero));
        Assert.True(row.AmountOrder < 0);
    }

    private static List<NoticeRow> Rows(params IEnumerable<INoticed> facts) => [.. NoticeRow.Of(Recording.Of(facts))];
}
