using JasperFx.Events;
using Trading.Events;
using Trading.Kernel;
using Trading.Projections;

namespace Trading.Read;

/// <summary>A procedure whose lot has just been put out: what the OpenAPI document shows as answers, folded as real ones are.</summary>
internal static class ExampleProcedure
{
    private static readonly Guid Id = Guid.Parse("019c0a5e-7a10-7000-8000-000000000001");
    private static readonly LotId Lot = LotId.Parse("001");
    private static readonly DateTimeOffset RegisteredAt = new(2026, 3, 2, 9, 0, 0, LegalTime.Offset);
    private static readonly DateTimeOffset AnnouncedAt = RegisteredAt.AddDays(1);
    private static readonly DateTimeOffset Deadline = RegisteredAt.AddDays(28);

    private static readonly Heading Heading = new(
        $"ocds-000000-{Id}", "示例市第一中学教学楼建设项目", TradeCategory.Engineering, RegionCode.Parse("420500"),
        new Centre(CreditCode.Parse("12420500MB0000019P"), "示例市公共资源交易中心"), ClassCode.Parse("A01"), Initiator.Named);

    private static Party Initiator => new("示例市教育局", CreditCode.Parse("11420500011052607X"), "示例市建设路1号", new Contact("张工", "0717-0000000"));

    public static readonly IReadOnlyList<long> Positions = [71_200, 71_934];

    public static readonly IReadOnlyList<IEvent> Events =
    [
        Happened(1, RegisteredAt, new ProcedureRegistered(
            Notice(1, RegisteredAt, "示例市第一中学教学楼建设项目项目登记"), ProcedureMethod.Open, Statutory: true, Initiator,
            [
                new Lot(
                    Lot, "教学楼施工", UnifiedDealCode.Parse("A01-12420500MB0000019P-20260302-000001-V"), DealCodeGiven: false,
                    Estimate: new AmountPrice(Yuan.Parse("18500000.00")), DurationDays: 365),
            ])),
        Happened(2, AnnouncedAt, new AnnouncementPublished(
            Notice(2, AnnouncedAt, "示例市第一中学教学楼建设项目招标公告"), [new AnnouncedLot(Lot, 1)], Initiator, Agency: null,
            new Documents(AnnouncedAt, AnnouncedAt.AddDays(7), "电子招标投标系统下载"), new Submission(Deadline), new OpeningPlan(Deadline))),
    ];

    public static ProcedurePage Page => Events.Aggregate((ProcedurePage?)null, (page, e) => ProcedureFold.Apply(page, Id, e))!.At(Positions);

    public static NoticePage Announcement => NoticePage.Of(Events[1], Page, Positions)!;

    public static History History => new(Id, Timeline.Of(Events, Positions));

    /// <summary>Of the last event.</summary>
    public static long Position => Positions[^1];

    public static NoticeRow NoticeRow => NoticeRow.Of(Events).Last();

    public static ProcedureRow ProcedureRow => ProcedureRow.Of(Page);

    private static Notice Notice(int number, DateTimeOffset at, string title) =>
        new(Guid.Parse($"019c0a5e-7a10-7000-8000-0000000000{number:D2}"), Heading, title, at, new Disclosure(DisclosureKind.Active));

    private static Event<T> Happened<T>(int version, DateTimeOffset at, T fact) where T : INoticed =>
        new(fact) { Id = fact.Notice.NoticeId, StreamId = Id, Version = version, Timestamp = at };
}
