using System.Text.Json;
using JasperFx.Events;
using Trading.Events;
using Trading.Kernel;
using Trading.Vault;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Harness;

/// <summary>
/// Histories by chance, from a seed: every kind of event, in an order no law would allow among others, some not public, some disclosed later,
/// clocks that stand and go back. Whatever is made of events must bear them.
/// </summary>
internal sealed class RandomLives(int seed)
{
    private static readonly TradeCategory[] Categories = Enum.GetValues<TradeCategory>();
    private static readonly LotId[] Lots = [L1, L2, L3];
    private static readonly Party[] Parties = [First, Second, Third, Stranger, new("某自然人"), new("无码公司", Address: "示例路2号")];
    private static readonly Guid[] Contracts = [ContractId, Id(910)];
    private static readonly Guid[] Objections = [ObjectionId, Id(911)];

    private static readonly Price[] Prices =
    [
        Yuan("18120535.85"), Yuan("0"), Yuan("1000.000001"), new AmountPrice(Trading.Kernel.Yuan.Parse("100"), "USD"),
        new AmountPrice(Trading.Kernel.Yuan.Parse("100"), "QQQ"), new RatePrice(Percent.Parse("20.50"), "下浮率"),
        new UnitPrice(Trading.Kernel.Yuan.Parse("35.00"), "吨"), new OtherPrice("按实结算"),
        new AmountPrice(Trading.Kernel.Yuan.Parse("18120535.85"), Given: new GivenPrice("1812.053585万元", GivenUnit.Wan)),
    ];

    private static readonly IReadOnlyList<Supply> Supplies = [new("书架", "钢制", "100组", Trading.Kernel.Yuan.Parse("350.00")), new("安装", Service: "三年质保")];

    private readonly Random random = new(seed);
    private TradeCategory category;
    private int number;

    /// <summary>The events of the next procedure.</summary>
    public IReadOnlyList<IEvent> Next()
    {
        category = One(Categories);
        number = 0;
        if (Chance(12)) return Timed([Fresh(Lives.Legacy(1) with { Publicity = Maybe(new Period(ShownAt, ShownUntil)), Candidates = Ranked(L1).Candidates })]);
        var facts = new List<INoticed> { Fresh(Registration()) };
        for (var left = random.Next(14); left > 0; left--) facts.Add(Fresh(Some(facts)));
        return Timed(facts);
    }

    private INoticed Registration() => Registered(category, One(Enum.GetValues<ProcedureMethod>()), Chance(2)) with
    {
        Initiator = One([Initiator, .. Parties]), Agency = Maybe(Stranger), FundSource = Maybe("财政资金"), Description = Maybe("教学楼"), Code = Maybe("示例-1"),
        Lots = [.. Lots.Select((lot, i) => Lot(lot, i + 1) with { Estimate = Maybe(One(Prices)), Code = Maybe("第一包"), DurationDays = Chance(2) ? 30 : null })],
    };

    private INoticed Some(List<INoticed> past) => random.Next(29) switch
    {
        0 => Planned() with { Budget = Maybe(One(Prices)) },
        1 => Intended(),
        2 => Prequalified(Several()) with { Initiator = Announcing(), Agency = Maybe(Announcing()), Documents = Maybe(Access()) },
        3 or 4 => Announced(Several()) with
        {
            Initiator = Announcing(), Agency = Maybe(Announcing()), Submission = Maybe(Closing()), Opening = Maybe(Plan()), CeilingPrice = Maybe(One(Prices)),
            Qualification = Maybe("二级及以上"), ConsortiumAllowed = Chance(2) ? true : null, Documents = Maybe(Access()), ObjectionChannel = Maybe("书面"),
            Parcel = Maybe(new Parcel("示例2026-01", Area: new Area("12.5", AreaUnit.Mu))), Bidding = Maybe(Offered().Bidding!), EvaluationMethod = Maybe("综合评估法"),
            NoticePeriod = Maybe(new Period(AnnouncedAt, ClosesAt)), Display = Maybe(new Display(AnnouncedAt, ClosesAt, "示例路3号")), Risks = Maybe("示例风险"),
        },
        5 => Listed(Several()),
        6 => Proposed(Several()) with { Supplier = One(Parties) },
        7 => Clarified(Several()) with { AffectsBidPreparation = Chance(2), Submission = Maybe(Closing()), Opening = Maybe(Plan()) },
        8 when Chance(2) && past.OfType<AwardAnnounced>().LastOrDefault() is { } award => Corrected(award.Notice.NoticeId, Several()) with { Subject = CorrectionSubject.Result },
        8 => Corrected(One(past).Notice.NoticeId, Several()) with { Subject = One(Enum.GetValues<CorrectionSubject>()), Submission = Maybe(Closing()) },
        9 => Extended("2026-03-24T09:00:00", Several()) with { Opening = Maybe(Plan()) },
        10 => Suspended(),
        11 => Resumed(),
        12 => Qualified(Several()),
        13 => Opened(Several()) with { Bids = [.. Several().SelectMany(lot => Distinct().Select(party => Bid(lot, party) with { Price = One(Prices), Quality = Maybe("合格") }))] },
        14 or 15 => Shown(Several()) with { Lots = [.. Several().Select(Ranked)] },
        16 or 17 => Decided([.. Several().Select(lot => Chance(3) ? None(lot) : new LotResult.Awarded(lot, One(Parties), One(Prices)) { Supplies = Maybe(Supplies), Appraisal = Maybe(One(Prices)), Payment = Maybe("一次性") })]) with { NoticePeriod = Maybe(new Period(DecidedAt, DecidedAt)) },
        18 => Cancelled(One(Lots)),
        19 when Unpublished(past) is { } contract => Contracted(Several()) with { ContractId = contract, Supplier = One(Parties), Value = One(Prices), Period = Maybe(new DayRange(Today, Today)), Subject = Maybe("施工"), Supplies = Maybe(Supplies), Place = Maybe("示例市") },
        19 or 20 => Amended() with { ContractId = One(Contracts) },
        21 => TerminatedContract() with { ContractId = One(Contracts) },
        22 => Performed() with { ContractId = One(Contracts), Kind = One(Enum.GetValues<PerformanceKind>()), Amount = Maybe(One(Prices)) },
        23 => Accepted(One(Enum.GetValues<AcceptanceResult>())) with { ContractId = One(Contracts), Opinion = Maybe("合格") },
        24 => Terminated(One(Enum.GetValues<TerminationKind>()), Chance(2) ? Lots : Several()),
        25 => Chance(2) ? Objected() with { ObjectionId = One(Objections), By = One(Parties) } : Answered() with { ObjectionId = One(Objections), Upheld = Chance(2) },
        26 or 27 => Withdrawn(past[^1]),
        _ => Chance(4) ? Closed() : Chance(2) ? Withdrawn(One(past)) : Chance(3) ? Erased(One(past)) : (INoticed?)Opening(One(past)) ?? Withdrawn(One(past)),
    };

    private static Guid? Unpublished(List<INoticed> past) => Contracts.Except(past.OfType<ContractPublished>().Select(f => f.ContractId)).Select(id => (Guid?)id).FirstOrDefault();

    /// <summary>What discloses a notice that is not public; null for one that is.</summary>
    public static NoticeDisclosed? Opening(INoticed past) => past.Notice.Disclosure.IsPublic ? null : new NoticeDisclosed(
        Notice(28), past.Notice.NoticeId, "保密期限届满", Commitment.Opening(new string('A', 22), "event", JsonSerializer.SerializeToElement(
            new { type = Catalogue.Of(past).WireName, stream = Recording.Procedure, version = 1, data = JsonSerializer.SerializeToElement(past, past.GetType(), WireJson.Stored) })));

    private INoticed Fresh(INoticed fact)
    {
        var json = JsonSerializer.SerializeToNode(fact, fact.GetType(), WireJson.Stored)!;
        var notice = fact.Notice with { NoticeId = Id(++number), Heading = Heading(category), Attachments = Chance(4) ? [File] : null };
        if (fact is not (NoticeDisclosed or PersonalDataErased) && Chance(6)) notice = notice with { Disclosure = notice.Disclosure with { Attribute = DisclosureKind.Withheld } };
        json["notice"] = JsonSerializer.SerializeToNode(notice, WireJson.Stored);
        return (INoticed)json.Deserialize(fact.GetType(), WireJson.Stored)!;
    }

    private IReadOnlyList<IEvent> Timed(IReadOnlyList<INoticed> facts)
    {
        var events = Recording.Of(facts);
        foreach (var e in events)
            if (Chance(5)) e.Timestamp = RegisteredAt.AddHours(random.Next(3)).ToUniversalTime();
        return events;
    }

    private static Attachment File => new("招标文件.pdf", "tender-documents", "application/pdf", 12345, new string('0', 64), new Uri("https://files.example.org/a%20b.pdf"));

    private Party Announcing() => Chance(3) ? One(Parties) : Initiator with { Contact = new Contact(Maybe("张工"), Maybe("0717-0000000"), Maybe("office@example.org")) };

    private LotCandidates Ranked(LotId lot) => new(
        lot, [.. Distinct().Select((party, i) => new Candidate(i + 1, party, One(Prices), Maybe("合格"), Chance(2) ? 30 : null, Evaluation: Maybe("92.5")))],
        Chance(3) ? [new RejectedBidder(One(Parties), "资格不符")] : null);

    private Submission Closing() => new(ClosesAt.AddDays(random.Next(3)), Maybe("电子递交"));

    private OpeningPlan Plan() => new(OpenedAt.AddDays(random.Next(3)), Maybe("第一开标室"), Maybe("电子开标"));

    private Documents Access() => new(AnnouncedAt, ClosesAt, "在交易系统下载", Chance(2) ? Trading.Kernel.Yuan.Parse("300") : null);

    private LotId[] Several() => [.. Lots.Where(_ => Chance(2)).DefaultIfEmpty(One(Lots))];

    private Party[] Distinct() => [.. Parties.Where(_ => Chance(2)).DefaultIfEmpty(First)];

    private T One<T>(IReadOnlyList<T> among) => among[random.Next(among.Count)];

    private T? Maybe<T>(T value) where T : class => Chance(2) ? value : null;

    private bool Chance(int outOf) => random.Next(outOf) is 0;
}
