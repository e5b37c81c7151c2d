using Marten;
using Trading.Events;
using Trading.Http;
using Trading.Kernel;
using Trading.Projections;
using Trading.Read;

namespace Trading.Supervision.Alerts;

public sealed class FindAlerts(IQuerySession session, TimeProvider clock) : Listing<AlertRow, AlertItem>(session)
{
    private static readonly string[] states = [AlertBoardProjection.Open, AlertBoardProjection.Settled];

    protected override IReadOnlyList<Sorting> Sorts { get; } =
    [
        new("-since", "d.since", "timestamptz"),
        new("since", "d.since", "timestamptz"),
        new("dueAt", "d.due_at", "timestamptz"),
        new("-dueAt", "d.due_at", "timestamptz"),
    ];

    public override void Configure()
    {
        List(
            "v1/supervision/alerts", "预警列表",
            "Times the law sets: running (green), half or three quarters over (yellow), passed (red), within the supervisor's reach; those whose "
            + "light came on last first unless sorted otherwise. Once what was awaited has come, the light is green if it came in time and red if it did not.",
            "The order.", AlertItem.Example,
            new("light", "Lights; several with commas.", typeof(AlertLight), Several: true, Usual: "yellow,red"),
            new("state", "Whether it is awaited still.", Among: states),
            new("rule", "Id of the rule."),
            new("category", "Categories; several with commas.", typeof(TradeCategory), Several: true),
            new("region", "GB/T 2260 code or prefix; everything within it.", typeof(RegionPrefix)),
            new("centre", "Credit code of the trading centre.", typeof(CreditCode)),
            new("procedure", "Id of the procedure.", typeof(Guid)),
            new("age", "For how many days, at least, the light has been on.", typeof(int), Least: 0, Most: Read.Query.MostDays));
        Roles(Role.Supervisor);
    }

    protected override string[] Views { get; } = [Register.AlertBoard];

    protected override void Filter(Query query)
    {
        HttpContext.Response.Headers.CacheControl = "private, no-store";
        query.Reaching("d.region", Caller.Of(User).Reach)
            .Is("d.light", "light", WireNames.All<AlertLight>(), usual: ["yellow", "red"])
            .Is("d.state", "state", states)
            .EqualsText("d.rule", "rule")
            .Is("d.category", "category", WireNames.All<TradeCategory>())
            .Within("d.region", "region")
            .Matches<CreditCode>("d.centre", "centre")
            .EqualsId("d.procedure_id", "procedure")
            .Aged("d.since", "age", clock.GetUtcNow());
    }

    protected override Task<IReadOnlyList<AlertItem>> Items(IReadOnlyList<AlertRow> rows, Query query, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<AlertItem>>([.. rows.Select(AlertItem.Of)]);

    protected override Cursor CursorOf(AlertRow row, Sorting sort) =>
        new(TimeConverter.Write(sort.Name.EndsWith("since", StringComparison.Ordinal) ? row.Since : row.DueAt), row.Id);
}
