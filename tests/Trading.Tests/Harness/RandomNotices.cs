using Trading.Events;
using Trading.Kernel;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Harness;

/// <summary>Procedures by chance, from a seed: all categories, several regions, centres and parties, many equal times and amounts, many gaps.</summary>
/// <param name="centre">Of all of them; by chance too when null.</param>
/// <param name="days">Within which everything is published.</param>
internal sealed class RandomNotices(int seed, Centre? centre = null, int days = 12)
{
    public static readonly string[] Regions = ["420500", "420502", "420100", "430300", "430000", "110101", "650102"];
    public static readonly Party[] Bidders = [First, Second, Third, Stranger];
    public static readonly Centre[] Centres = [Samples.Centre, new(Stranger.CreditCode!, "示例省公共资源交易中心"), new(Third.CreditCode!, "示例县公共资源交易中心")];
    public static readonly string[] Amounts = ["0", "1000", "1000.00", "1000.000001", "9999999999999.999999", "5000000", "18120535.85"];

    private static readonly TradeCategory[] Categories = Enum.GetValues<TradeCategory>();

    // finer than PostgreSQL keeps, so that what it cuts off is seen
    private static readonly DateTimeOffset Start = new DateTimeOffset(2019, 3, 4, 9, 0, 0, LegalTime.Offset).AddTicks(1_234_567);

    private readonly Random random = new(seed);

    private int serial = seed;

    private int notice;

    /// <summary>The next procedure, with one to six notices.</summary>
    public (Guid Procedure, IReadOnlyList<INoticed> Facts) Next()
    {
        notice = 0;
        var heading = Heading(One(Categories)) with
        {
            Region = RegionCode.Parse(One(Regions)), Centre = centre ?? One(Centres), Initiator = One(Bidders).Named,
        };
        var lots = new[] { L1, L2 };
        if (Chance(6)) return Done([Lives.Legacy(1) with { Notice = Fresh(heading), PublishedOn = DateOnly.FromDateTime(Some().Date) }]);

        List<INoticed> facts =
        [
            Registered(heading.Category) with { Notice = Fresh(heading), Initiator = One(Bidders), Lots = [Estimated(L1), Estimated(L2)] },
        ];
        if (Chance(3)) return Done(facts);
        facts.Add(heading.Category switch
        {
            TradeCategory.Land or TradeCategory.Mineral => Offered(lots) with { Notice = Fresh(heading) },
            TradeCategory.Property or TradeCategory.Other => Listed(lots) with { Notice = Fresh(heading) },
            _ => Announced(lots) with
            {
                Notice = Fresh(heading),
                Submission = Chance(3) ? null : new Submission(Some()),
                CeilingPrice = Chance(2) ? null : Yuan(One(Amounts)),
            },
        });
        if (Chance(3)) facts.Add(Corrected(facts[1].Notice.NoticeId, L1) with { Notice = Fresh(heading) });
        if (Chance(3)) facts.Add(Shown(L1) with { Notice = Fresh(heading) });
        if (Chance(2)) facts.Add(Decided(To(One(Bidders), L1, One(Amounts)), None(L2)) with { Notice = Fresh(heading) });
        if (Chance(4)) facts.Add(Withdrawn(facts[^1]) with { Notice = Fresh(heading) });
        if (Chance(4)) facts.Add(Planned() with { Notice = Lives.Hidden(Planned() with { Notice = Fresh(heading) }) });
        return Done(facts);
    }

    private (Guid, IReadOnlyList<INoticed>) Done(IReadOnlyList<INoticed> facts)
    {
        var number = serial++;
        return (Lives.Procedure(number), facts.Numbered(number));
    }

    private Notice Fresh(Heading heading) => Notice(++notice, Some(), heading.Category) with { Heading = heading };

    private Lot Estimated(LotId lot) => Lot(lot, 1) with { Estimate = Chance(3) ? null : Yuan(One(Amounts)) };

    private DateTimeOffset Some() => Start.AddDays(random.Next(days)).AddTicks(random.Next(3));

    private T One<T>(IReadOnlyList<T> among) => among[random.Next(among.Count)];

    private bool Chance(int outOf) => random.Next(outOf) is 0;
}
