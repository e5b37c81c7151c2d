using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FastEndpoints;
using Marten;
using Marten.Services;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Trading.Events;
using Trading.Kernel;
using Trading.Log;
using Trading.Projections;
using Trading.Read;
using Trading.Tests.Harness;
using Trading.Vault;
using Xunit;

namespace Trading.Tests.Read;

/// <summary>What the lists ask of PostgreSQL, among twenty thousand rows: none of it reads the whole table.</summary>
[Collection(TradingApp.Collection)]
public sealed partial class ListPlanTests(ListPlanTests.Crowd crowd) : IClassFixture<ListPlanTests.Crowd>
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
    [InlineData("q=学校")]
    [InlineData("q=轨道交通&category=land&region=42&type=award-announced")]
    [InlineData("deadlineTo=2025-05-01&category=engineering,land&q=学校 工程")]
    public async Task notices(string query) => Indexed(await crowd.Plan(session => Factory.Create<FindNotices>(Asking(query), session, crowd.Positions, crowd.Vault), query));

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
        var first = await crowd.Answer(session => Factory.Create<FindNotices>(Asking(query), session, crowd.Positions, crowd.Vault));
        var next = (string)first["links"]!["next"]!;

        Indexed(await crowd.Plan(session => Factory.Create<FindNotices>(Asking(next[(next.IndexOf('?', StringComparison.Ordinal) + 1)..]), session, crowd.Positions, crowd.Vault), next));
    }

    /// <summary>Else the last page would read everything that fits, to find that nearly all of it stands before.</summary>
    [Theory]
    [InlineData("q=学校")]
    [InlineData("q=学校&sort=amount")]
    [InlineData("q=工程&sort=-deadline")]
    public async Task of_a_page_behind_others_only_what_is_left_is_looked_up(string query)
    {
        var first = await crowd.Answer(session => Factory.Create<FindNotices>(Asking(query), session, crowd.Positions, crowd.Vault));
        var next = (string)first["links"]!["next"]!;

        var begin = await crowd.Plan(session => Factory.Create<FindNotices>(Asking(query), session, crowd.Positions, crowd.Vault), query);
        var behind = await crowd.Plan(session => Factory.Create<FindNotices>(Asking(next[(next.IndexOf('?', StringComparison.Ordinal) + 1)..]), session, crowd.Positions, crowd.Vault), next);

        Assert.DoesNotContain("terms &&", Looked(begin), StringComparison.Ordinal);
        Assert.Contains("terms &&", Looked(behind), StringComparison.Ordinal);

        static string Looked(string plan) => plan[plan.LastIndexOf("CTE looked", StringComparison.Ordinal)..plan.LastIndexOf("CTE far", StringComparison.Ordinal)];
    }

    /// <summary>None of these is answered by the newest rows; some fit more rows than are sorted.</summary>
    [Theory]
    [InlineData("deadlineTo=2025-08-01")]
    [InlineData("deadlineTo=2025-08-01&sort=-amount")]
    [InlineData("deadlineTo=2025-08-01&sort=-publishedAt&category=engineering,procurement,land,mineral,property")]
    [InlineData("amountTo=9000&region=42")]
    [InlineData("amountTo=9000&sort=-deadline")]
    [InlineData("amountTo=15000&sort=deadline&q=工程")]
    [InlineData("amountFrom=12000&sort=publishedAt")]
    [InlineData("amountFrom=12000&sort=publishedAt&q=學校")]
    [InlineData("deadlineTo=2025-02-01&q=轨道交通")]
    [InlineData("q=轨道交通&sort=amount")]
    [InlineData("q=道轨")]
    [InlineData("q=辛标 学校&category=land,mineral&amountTo=12000")]
    [InlineData("q=没有这样的")]
    public async Task however_it_is_found_it_is_what_reading_every_row_finds(string query)
    {
        var parameters = QueryHelpers.ParseQuery(query);
        var expected = crowd.Notices.Where(row => parameters.All(p => Fits(row, p.Key, p.Value!))).ToList();
        expected.Sort((a, b) => Order(a, b, parameters.TryGetValue("sort", out var sort) ? sort! : "-publishedAt"));

        var found = new List<Guid>();
        for (string? next = query + "&limit=200"; next is not null && found.Count < 1_000;)
        {
            var page = await crowd.Answer(session => Factory.Create<FindNotices>(Asking(next), session, crowd.Positions, crowd.Vault));
            found.AddRange(page["items"]!.AsArray().Select(item => (Guid)item!["noticeId"]!));
            next = (string?)page["links"]!["next"] is { } link ? link[(link.IndexOf('?', StringComparison.Ordinal) + 1)..] : null;
        }

        Assert.Equal(expected.Take(1_000).Select(row => row.Id), found);
    }

    private static bool Fits(NoticeRow row, string parameter, string value) => parameter switch
    {
        "deadlineTo" => row.Deadline < LegalTime.StartOf(DateOnly.Parse(value, CultureInfo.InvariantCulture)).AddDays(1),
        "amountFrom" => row.Amount >= decimal.Parse(value, CultureInfo.InvariantCulture),
        "amountTo" => row.Amount <= decimal.Parse(value, CultureInfo.InvariantCulture),
        "region" => row.Region.StartsWith(value, StringComparison.Ordinal),
        "category" => value.Split(',').Contains(row.Category),
        "q" => value.Replace('學', '学').Split(' ').All(word => row.Texts.Any(text => text.Contains(word, StringComparison.Ordinal))),
        _ => true,
    };

    private static int Order(NoticeRow a, NoticeRow b, string sort)
    {
        var order = sort.TrimStart('-') switch
        {
            "publishedAt" => a.PublishedAt.CompareTo(b.PublishedAt),
            "deadline" => a.DeadlineOrder.CompareTo(b.DeadlineOrder),
            _ => a.AmountOrder.CompareTo(b.AmountOrder),
        };
        if (order is 0) order = string.CompareOrdinal(a.Id.ToString(), b.Id.ToString());
        return sort[0] is '-' ? -order : order;
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
        Assert.DoesNotMatch(IndexOfAFilter(), plan);
    }

    // On each of hundreds of steps such an index would give all that has one value, of every step.
    [GeneratedRegex(@"_idx_(type|category|region|centre|stage|status|counted)\b")]
    private static partial Regex IndexOfAFilter();

    /// <summary>One notice and one procedure, twenty thousand times with other figures.</summary>
    public sealed class Crowd : IAsyncLifetime
    {
        private const int Rows = 21_000;

        private RecordedLives lives = null!;
        private NpgsqlDataSource source = null!;

        public IDocumentStore Store => lives.Store;

        public PersonalVault Vault => lives.Vault;

        private readonly TestClock later = new();

        public Positions Positions { get; private set; } = null!;

        public IReadOnlyList<NoticeRow> Notices { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            lives = await RecordedLives.Open("plans");
            source = NpgsqlDataSource.Create(lives.Database.Application);
            later.Set("2100-01-01T00:00:00+08:00");   // past whatever is asked for
            Positions = new Positions(source, new PublishedHead(source, null!, NullLogger<PublishedHead>.Instance), later);
            await lives.Record(Lives.Procedure(0), Lives.All[0].Facts.Take(3));
            await lives.CatchUp();
            await lives.StopDaemon();
            await using (var session = Store.QuerySession())
            {
                var notice = (await session.Query<NoticeRow>().ToListAsync(TestContext.Current.CancellationToken))[0];
                var procedure = (await session.Query<ProcedureRow>().ToListAsync(TestContext.Current.CancellationToken))[0];
                await Store.BulkInsertAsync(Enumerable.Range(1, Rows).Select(i => Like(notice, i)).ToList());
                var version = (await session.Query<ProcedureVersion>().ToListAsync(TestContext.Current.CancellationToken))[0];
                await Store.BulkInsertAsync(Enumerable.Range(1, Rows).Select(i => Like(procedure, i)).ToList());
                await Store.BulkInsertAsync(Enumerable.Range(1, Rows).Select(i => Like(version, Like(procedure, i))).ToList());
                Notices = await session.Query<NoticeRow>().ToListAsync(TestContext.Current.CancellationToken);
            }

            await Execute("vacuum analyze");
        }

        public async ValueTask DisposeAsync()
        {
            await source.DisposeAsync();
            await lives.DisposeAsync();
        }

        // What a row has is a matter of its number, and the later a row is the later and the greater is all it has.
        private static NoticeRow Like(NoticeRow row, int i) => row with
        {
            Id = Guid.CreateVersion7(Published(i)), ProcedureId = Guid.Parse($"00000000-0000-7000-8000-{i / 5:D12}"), Type = Catalogue.All[i % Catalogue.All.Count].WireName,
            Category = Category(i), Region = Region(i), Centre = Centre(i), PublishedAt = Published(i), Deadline = Deadline(i), Amount = Amount(i),
            Initiators = [$"initiator-{i % 700}"], Parties = [$"supplier-{i % 900}", $"supplier-{i % 31}"], Texts = [Text(i)], Said = PublicTexts.Of([Text(i)], [], []),
        };

        private static ProcedureRow Like(ProcedureRow row, int i) => row with
        {
            Id = Guid.CreateVersion7(Published(i)), Category = Category(i), Region = Region(i), Centre = Centre(i), PublishedAt = Published(i), Deadline = Deadline(i), Estimated = Amount(i), Awarded = i % 5 is 0 ? Amount(i) : null,
            Stage = i % 30 is 0 ? "evaluating" : "ended", Status = i % 50 is 0 ? "suspended" : "complete", LotStatuses = [i % 40 is 0 ? "evaluated" : "accepted"],
            Initiators = [$"initiator-{i % 700}"], Suppliers = [$"supplier-{i % 900}", $"supplier-{i % 31}"],
        };

        private static ProcedureVersion Like(ProcedureVersion version, ProcedureRow row) => version with
        {
            Id = row.Id, ProcedureId = row.Id, RecordedAt = row.PublishedAt, SupersededBy = null, SupersededAt = null, Category = row.Category, Stage = row.Stage, Status = row.Status,
            Region = row.Region, Centre = row.Centre, PublishedAt = row.PublishedAt, Estimated = row.Estimated, Awarded = row.Awarded,
        };

        private static string Text(int i) => $"第{"甲乙丙丁戊己庚辛壬癸"[i % 10]}标段{(i % 70 is 0 ? "轨道交通" : i % 3 is 0 ? "学校" : "道轨 通交")}工程";


        private static string Category(int i) => WireNames.All<TradeCategory>()[i % 6];

        private static string Region(int i) => $"{420_000 + (i * 37 % 20_000)}";

        private static string Centre(int i) => i % 100 is 17 ? "91350100M000100Y43" : $"centre-{i % 100}";

        private static DateTimeOffset Published(int i) => new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(20 * i);

        private static DateTimeOffset? Deadline(int i) => i % 3 > 0 ? Published(0).AddMinutes(23 * i) : null;

        private static decimal? Amount(int i) => i % 4 > 0 ? i : null;

        public async Task<JsonNode> Answer<TAnswer>(Func<IQuerySession, EndpointWithoutRequest<TAnswer>> create) where TAnswer : notnull
        {
            await using var session = Store.QuerySession();
            var endpoint = create(session);
            endpoint.HttpContext.Response.Body = new MemoryStream();
            await endpoint.HandleAsync(TestContext.Current.CancellationToken);
            endpoint.HttpContext.Response.Body.Position = 0;
            return JsonNode.Parse(endpoint.HttpContext.Response.Body)!;
        }

        /// <summary>How PostgreSQL carries out what the endpoint asks.</summary>
        public async Task<string> Plan<TAnswer>(Func<IQuerySession, EndpointWithoutRequest<TAnswer>> create, string query) where TAnswer : notnull
        {
            var asked = new Asked();
            await using var session = Store.QuerySession();
            session.Logger = asked;
            await create(session).HandleAsync(TestContext.Current.CancellationToken);
            var (sql, parameters) = Assert.Single(asked.All);

            await using var database = lives.Database.OpenAsOwner();
            await using var command = database.CreateCommand(sql.Replace("with near", "explain with near", StringComparison.Ordinal).Replace("select v0", "explain select v0", StringComparison.Ordinal));
            foreach (var parameter in parameters) command.Parameters.Add(parameter.Clone());
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            var plan = $"{query}\n{sql}\n";
            do
            {
                while (await reader.ReadAsync(TestContext.Current.CancellationToken)) plan += reader.GetString(0) + "\n";
            }
            while (await reader.NextResultAsync(TestContext.Current.CancellationToken));
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
