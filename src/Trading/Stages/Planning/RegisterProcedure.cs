using FluentValidation;
using Trading.Events;
using Trading.Http;
using Trading.Intake;
using Trading.Intake.Rehearsing;
using Trading.Kernel;

namespace Trading.Stages.Planning;

/// <summary>项目登记: what is going to be traded, by whom, in which lots.</summary>
/// <param name="Code">招标项目编号、采购项目编号.</param>
/// <param name="ClassCode">公共资源交易分类, three characters.</param>
/// <param name="RegionCode">项目所在行政区域, GB/T 2260.</param>
/// <param name="TradingPlaceCode">交易发生行政区域, GB/T 2260.</param>
/// <param name="Statutory">依法必须招标.</param>
/// <param name="Initiator">招标人、采购人、出让人、转让方.</param>
/// <param name="Agency">招标代理机构、采购代理机构.</param>
/// <param name="FundSource">资金来源.</param>
/// <param name="InvestmentProjectCode">投资项目统一代码.</param>
public sealed record ProcedureBody(
    TradeCategory Category,
    ClassCode ClassCode,
    RegionCode RegionCode,
    ProcedureMethod Method,
    bool Statutory,
    Party Initiator,
    IReadOnlyList<LotBody> Lots,
    string? Description = null,
    string? Code = null,
    RegionCode? TradingPlaceCode = null,
    Party? Agency = null,
    string? FundSource = null,
    InvestmentProjectCode? InvestmentProjectCode = null) : NoticeBody
{
    /// <summary>项目名称. At most 600 characters.</summary>
    public override required string? Title { get; init; }
}

/// <summary>标段(包)、宗地、标的.</summary>
/// <param name="Code">标段编号.</param>
/// <param name="UnifiedDealCode">统一交易标识码 given elsewhere; issued here when left out.</param>
/// <param name="Estimate">标段合同估算价、起始估价.</param>
/// <param name="DurationDays">工期, calendar days.</param>
public sealed record LotBody(
    LotId LotId,
    string Title,
    string? Code = null,
    string? Description = null,
    Price? Estimate = null,
    int? DurationDays = null,
    UnifiedDealCode? UnifiedDealCode = null);

public sealed class RegisterProcedure(Desk desk, DealCodeSerials serials, OcdsPrefix ocds) : PostingEndpoint<ProcedureBody>, IRehearsable
{
    public override void Configure() => Describe(
        "v1/procedures", "项目登记",
        "Registers a procedure with its lots. The caller's centre keeps it from then on. Every lot gets a unified deal code unless it has one.",
        ExampleBody);

    public override async Task HandleAsync(Post<ProcedureBody> req, CancellationToken ct)
    {
        if (await ReadIncoming(req) is not { } incoming) return;
        if (incoming.Caller.Centre is not { } centre)
        {
            await Answer(new Reply.Turned(ProblemKind.Forbidden));
            return;
        }

        var body = req.Body;
        var issued = new Queue<int>(await serials.Draw(body.Lots.Count(lot => lot.UnifiedDealCode is null), ct));
        await Answer(await desk.Open(incoming, (filing, procedureId) => Decide(body, filing, procedureId, centre, issued.Dequeue), ct));
    }

    /// <summary>As it is decided, but for the deal codes: their serial numbers are not drawn.</summary>
    public Rehearsed Rehearse(Rehearsal rehearsal, RehearsedPosting posting) => posting.Read<ProcedureBody>(body =>
    {
        var (filing, serial) = (posting.File(body), 0);
        return rehearsal.Settle(filing, Decide(body, filing, Guid.CreateVersion7(filing.At), filing.Caller.Centre!, () => ++serial).Decision, null);
    });

    private (Heading Heading, Decision Decision) Decide(ProcedureBody body, Filing filing, Guid procedureId, CallerCentre centre, Func<int> serial)
    {
        var heading = new Heading(
            ocds.Of(procedureId), body.Title!, body.Category, body.RegionCode, new Centre(centre.Code, centre.Name), body.ClassCode, body.Initiator.Named);
        var lots = body.Lots.Select(lot => new Lot(
            lot.LotId, lot.Title,
            lot.UnifiedDealCode ?? UnifiedDealCode.Issue(body.ClassCode, centre.Code, LegalTime.DayOf(filing.At), serial()),
            lot.UnifiedDealCode is not null, lot.Code, lot.Description, lot.Estimate, lot.DurationDays));
        return (heading, Plan.Register(new ProcedureRegistered(
            filing.Notice<ProcedureRegistered>(heading), body.Method, body.Statutory, filing.Host(body.Initiator), [.. lots],
            body.Code, body.Description, body.TradingPlaceCode, body.Agency is { } agency ? filing.Host(agency) : null,
            body.FundSource, body.InvestmentProjectCode)));
    }

    private static ProcedureBody ExampleBody => new(
        TradeCategory.Engineering, ClassCode.Parse("A01"), RegionCode.Parse("420500"), ProcedureMethod.Open, Statutory: true,
        Example.Initiator,
        [new LotBody(LotId.Parse("001"), "教学楼施工", Estimate: Example.Yuan("18500000.00"), DurationDays: 365)],
        Description: "新建教学楼一栋，建筑面积约6000平方米。", FundSource: "财政资金")
    { Title = "示例市第一中学教学楼建设项目" };
}

public sealed class ProcedureBodyValidator : PostingValidator<ProcedureBody>
{
    public ProcedureBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.Title).NotEmpty();
        body.RuleFor(b => b.Code).MaximumLength(200);
        body.RuleFor(b => b.Description).MaximumLength(Lengths.Prose);
        body.RuleFor(b => b.FundSource).MaximumLength(1000);
        body.RuleFor(b => b.Initiator).SetValidator(new PartyValidator());
        body.RuleFor(b => b.Agency!).SetValidator(new PartyValidator()).When(b => b.Agency is not null);
        body.RuleFor(b => b.Lots).NotEmpty().AtMost(Lengths.Lots);
        body.RuleForEach(b => b.Lots).ChildRules(lot =>
        {
            lot.RuleFor(l => l.Title).NotEmpty().MaximumLength(500);
            lot.RuleFor(l => l.Code).MaximumLength(100);
            lot.RuleFor(l => l.Description).MaximumLength(Lengths.Prose);
            lot.RuleFor(l => l.DurationDays).InclusiveBetween(1, 36500);
        });
    });
}
