using System.Text.Json.Nodes;
using FastEndpoints;
using Marten;
using Marten.Services;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Trading.Events;
using Trading.Log;
using Trading.Read;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Read;

/// <summary>What the lists ask of PostgreSQL, among twenty thousand rows: none of it reads the whole table.</summary>
[Collection(TradingApp.Collection)]
public sealed class ListPlanTests(ListPlanTests.Crowd crowd) : IClassFixture<ListPlanTests.Crowd>
{
    private const string One = "00000000-0000-7000-8000-000000000007";

    [Theory]
    [InlineData("")]
    [InlineData("type=candidates-publicised")]
    [InlineData("type=candidates-publicised,award-announced&category=land")]
    [InlineData("category=procurement&limit=200")]
    [InlineData("region=42")]
    [InlineData("region=420503")]
    [InlineData("region=4205&category=engineering&type=award-announced")]
    [InlineData("centre=91350100M000100Y43")]
    [InlineData("procedure=" + One)]
    [InlineData("initiator=initiator-17")]
    [InlineData("supplier=supplier-17")]
    [InlineData("supplier=supplier-17&sort=-amount")]
    [InlineData("publishedFrom=2025-03-01&publishedTo=2025-03-02")]
    [InlineData("deadlineFrom=2025-03-01&deadlineTo=2025-03-02")]
    [InlineData("amountFrom=1000&amountTo=1010")]
    [InlineData("sort=publishedAt")]
    [InlineData("sort=deadline")]
    [InlineData("sort=-deadline")]
    [InlineData("sort=amount")]
    [InlineData("sort=-amount")]
    [InlineData("deadlineFrom=2025-03-01&sort=deadline")]
    [InlineData("amountFrom=15000&sort=-amount&category=mineral")]
    public async Task notices(string query) => Indexed(await crowd.Plan(session => Factory.Create<FindNotices>(Asking(query), session, crowd.Positions), query));

    [Theory]
    [InlineData("")]
    [InlineData("category=land")]
    [InlineData("stage=evaluating")]
    [InlineData("status=suspended")]
    [InlineData("lotStatus=evaluated&category=other")]
    [InlineData("region=42")]
    [InlineData("region=420503")]
    [InlineData("centre=91350100M000100Y43")]
    [InlineData("initiator=initiator-17")]
    [InlineData("supplier=supplier-17")]
    [InlineData("publishedFrom=2025-03-01&publishedTo=2025-03-02")]
    [InlineData("deadlineFrom=2025-03-01&deadlineTo=2025-03-02&sort=deadline")]
    [InlineData("amountFrom=1000&amountTo=1010")]
    [InlineData("sort=deadline")]
    [InlineData("sort=-amount")]
    public async Task procedures(string query) => Indexed(await crowd.Plan(session => Factory.Create<FindProcedures>(Asking(query), session, crowd.Positions), query));

    [Theory]
    [InlineData("")]
    [InlineData("sort=amount")]
    [InlineData("sort=-deadline")]
    [InlineData("category=land")]
    public async Task a_page_in_the_middle_begins_where_the_last_ended(string query)
    {
        var first = Factory.Create<FindNotices>(Asking(query), crowd.Store.QuerySession(), crowd.Positions);
        first.HttpContext.Response.Body = new MemoryStream();
        await first.HandleAsync(TestContext.Current.CancellationToken);
        first.HttpContext.Response.Body.Position = 0;
        var next = (string)JsonNode.Parse(first.HttpContext.Response.Body)!["links"]!["next"]!;

        Indexed(await crowd.Plan(session => Factory.Create<FindNotices>(Asking(next[(next.IndexOf('?', StringComparison.Ordinal) + 1)..]), session, crowd.Positions), next));
    }

    private static Action<DefaultHttpContext> Asking(string query) => http =>
    {
        http.Request.Path = "/list";
        http.Request.QueryString = new QueryString(query is "" ? "" : "?" + query);
    };

    private static void Indexed(string plan)
    {
        Assert.Contains("Index", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    /// <summary>One notice and one procedure, twenty thousand times with other figures.</summary>
    public sealed class Crowd : IAsyncLifetime
    {
        private const int Rows = 20_000;

        private RecordedLives lives = null!;
        private NpgsqlDataSource source = null!;

        public IDocumentStore Store => lives.Store;

        public Positions Positions { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            lives = await RecordedLives.Open("plans");
            source = NpgsqlDataSource.Create(lives.Database.Application);
            Positions = new Positions(source, new PublishedHead(source));
            await lives.Record(Lives.Procedure(0), Lives.All[0].Facts.Take(3));
            await lives.CatchUp();
            await lives.StopDaemon();
            var types = string.Join(',', Catalogue.All.Select(kind => kind.WireName));
            const string figures = """
                (array['engineering','procurement','land','mineral','property','other'])[i % 6 + 1] as category, (420000 + i * 37 % 20000)::text as region,
                case when i % 100 = 17 then '91350100M000100Y43' else 'centre-' || i % 100 end as centre, timestamptz '2025-01-01Z' + i * interval '1 minute' * 20 as published_at,
                case when i % 3 > 0 then timestamptz '2025-01-01Z' + i * interval '1 minute' * 23 end as deadline, case when i % 4 > 0 then i end as amount,
                jsonb_build_array('initiator-' || i % 700) as initiators, jsonb_build_array('supplier-' || i % 900, 'supplier-' || i % 31) as suppliers
                """;
            const string columns = "category, region, centre, published_at, deadline, amount, deadline_order, amount_order";
            const string values = "category, region, centre, published_at, deadline, amount, coalesce(deadline, '2201-01-01Z'), coalesce(amount, -1)";
            await Execute($"""
                insert into views.mt_doc_noticerow (id, data, mt_version, type, procedure_id, {columns})
                select gen_random_uuid(), one.data || jsonb_build_object('initiators', initiators, 'parties', suppliers), 1, (string_to_array('{types}', ','))[i % {Catalogue.All.Count} + 1],
                    ('00000000-0000-7000-8000-' || lpad((i / 5)::text, 12, '0'))::uuid, {values}
                from (select i, {figures} from generate_series(1, {Rows}) as i) as of_one, (select data from views.mt_doc_noticerow limit 1) as one
                """);
            await Execute($"""
                insert into views.mt_doc_procedurerow (id, data, mt_version, stage, status, {columns})
                select gen_random_uuid(), one.data || jsonb_build_object('initiators', initiators, 'suppliers', suppliers, 'lotStatuses', jsonb_build_array(case when i % 40 = 0 then 'evaluated' else 'accepted' end)), 1,
                    case when i % 30 = 0 then 'evaluating' else 'ended' end, case when i % 50 = 0 then 'suspended' else 'complete' end, {values}
                from (select i, {figures} from generate_series(1, {Rows}) as i) as of_one, (select data from views.mt_doc_procedurerow limit 1) as one
                """);
            await Execute("analyze");
        }

        public async ValueTask DisposeAsync()
        {
            await source.DisposeAsync();
            await lives.DisposeAsync();
        }

        /// <summary>How PostgreSQL carries out what the endpoint asks.</summary>
        public async Task<string> Plan<TRow, TItem>(Func<IQuerySession, Listing<TRow, TItem>> create, string query) where TRow : notnull
        {
            var asked = new Asked();
            await using var session = Store.QuerySession();
            session.Logger = asked;
            await create(session).HandleAsync(TestContext.Current.CancellationToken);
            var (sql, parameters) = Assert.Single(asked.All);

            await using var database = lives.Database.OpenAsOwner();
            await using var command = database.CreateCommand("explain " + sql);
            foreach (var parameter in parameters) command.Parameters.Add(parameter.Clone());
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            var plan = $"{query}\n{sql}\n";
            while (await reader.ReadAsync(TestContext.Current.CancellationToken)) plan += reader.GetString(0) + "\n";
            return plan;
        }

        private async Task Execute(string sql)
        {
            await using var database = lives.Database.OpenAsOwner();
            await using var command = database.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Notes every statement of a session.</summary>
    private sealed class Asked : IMartenSessionLogger
    {
        public List<(string Sql, NpgsqlParameter[] Parameters)> All { get; } = [];

        public void LogSuccess(NpgsqlCommand command) => All.Add((command.CommandText, command.Parameters.ToArray()));

        public void LogSuccess(NpgsqlBatch batch) => All.AddRange(batch.BatchCommands.Cast<NpgsqlBatchCommand>().Select(command => (command.CommandText, command.Parameters.ToArray())));

        public void LogFailure(NpgsqlCommand command, Exception ex) { }

        public void LogFailure(NpgsqlBatch batch, Exception ex) { }

        public void LogFailure(Exception ex, string message) { }

        public void RecordSavedChanges(IDocumentSession session, IChangeSet commit) { }

        public void OnBeforeExecute(NpgsqlCommand command) { }

        public void OnBeforeExecute(NpgsqlBatch batch) { }
    }
}
