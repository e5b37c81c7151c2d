using Marten;
using Marten.Services;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Trading.Kernel;
using Trading.Log;
using Trading.Read;
using Trading.Read.Parties;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Read.Parties;

/// <summary>What a party's page asks of PostgreSQL where the party is in thousands of procedures: one index of its own rows alone, and the table never.</summary>
public sealed class PartyPlanTests(PartyPlanTests.Crowd crowd) : IClassFixture<PartyPlanTests.Crowd>
{
    private const int MostLatest = 10;

    [Theory]
    [InlineData("")]
    [InlineData("asOf=2026-01-02T00:00:00Z")]
    [InlineData("asOf=5000")]
    [InlineData("asOf=15000")]
    public async Task one_index_answers(string query)
    {
        var plans = await crowd.Plans(query);
        Assert.Equal(3, plans.Count);
        foreach (var plan in plans)
        {
            Assert.Contains("Index Only Scan", plan, StringComparison.Ordinal);
            Assert.Contains("credit_code = '", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("\"position\" <=", plan, StringComparison.Ordinal);   // which all of the log might be
        }

        Assert.Contains("Index Only Scan Backward", plans[2], StringComparison.Ordinal);   // from the latest on, and no further than the page
    }

    /// <summary>Ten thousand rows of one party, and as many of others.</summary>
    public sealed class Crowd : IAsyncLifetime
    {
        private const int Rows = 10_000;
        private static readonly CreditCode code = Samples.First.CreditCode!;

        private RecordedLives lives = null!;

        public async ValueTask InitializeAsync()
        {
            lives = await RecordedLives.Open("partyplans");
            await lives.StopDaemon();
            await using var database = lives.Database.OpenAsOwner();
            await using var command = database.CreateCommand(
                $$"""
                insert into views.mt_doc_partyversion (id, data, procedure_id, event_version, recorded_at, superseded_by, superseded_at, credit_code, name, role, category, lots, amount, first_at, last_at)
                select md5(i::text)::uuid, '{}', md5((i / 4)::text)::uuid, 1 + i % 4, t, case when i % 10 = 0 then 5 end, case when i % 10 = 0 then t + interval '1 day' end,
                    case when i % 2 = 0 then '{{code}}' else 'other-' || i % 500 end, case when i % 100 = 0 then '曾用名' else '现名' end,
                    (array['initiator', 'agency', 'bidder', 'candidate', 'supplier', 'signatory'])[1 + i % 6], (array['engineering', 'land', 'other'])[1 + i % 3], i % 3, i % 1000, t, t
                from generate_series(1, {{2 * Rows}}) as i, lateral (select timestamptz '2026-01-01T00:00:00Z' + i * interval '1 minute' as t) as at
                """);
            await command.ExecuteNonQueryAsync();
            command.CommandText =
                $"""
                insert into log.leaf (position, sequence, event_id, stream, version, bytes, hash)
                select row_number() over (), row_number() over (), gen_random_uuid(), procedure_id, event_version, '', decode(repeat('00', 32), 'hex')
                from (select distinct procedure_id, event_version from views.mt_doc_partyversion) as d
                """;
            await command.ExecuteNonQueryAsync();
            command.CommandText = "vacuum analyze";
            await command.ExecuteNonQueryAsync();
        }

        public ValueTask DisposeAsync() => lives.DisposeAsync();

        /// <summary>How PostgreSQL carries out each question of the page.</summary>
        public async Task<IReadOnlyList<string>> Plans(string query)
        {
            var asked = new Noted();
            await using var session = lives.Store.QuerySession();
            session.Logger = asked;
            var http = new DefaultHttpContext();
            http.Request.QueryString = new QueryString(query is "" ? "" : "?" + query);
            var involvements = new Involvements(session, code, new AsOf(http, new Positions(null!, new PublishedHead(null!, null!, NullLogger<PublishedHead>.Instance), new TestClock())));
            Assert.NotEmpty(await involvements.Roles(TestContext.Current.CancellationToken));
            Assert.NotEmpty(await involvements.Names(TestContext.Current.CancellationToken));
            Assert.Equal(MostLatest, (await involvements.Latest(MostLatest, TestContext.Current.CancellationToken)).Count);

            await using var database = lives.Database.OpenAsOwner();
            var plans = new List<string>();
            foreach (var (sql, parameters) in asked.All)
            {
                await using var command = database.CreateCommand(sql.Replace("with involved", "explain with involved", StringComparison.Ordinal));
                foreach (var parameter in parameters) command.Parameters.Add(parameter.Clone());
                await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
                await reader.NextResultAsync(TestContext.Current.CancellationToken);
                var plan = sql + "\n";
                while (await reader.ReadAsync(TestContext.Current.CancellationToken)) plan += reader.GetString(0) + "\n";
                plans.Add(plan);
            }

            return plans;
        }
    }

    private sealed class Noted : IMartenSessionLogger
    {
        public List<(string Sql, NpgsqlParameter[] Parameters)> All { get; } = [];

        public void LogSuccess(NpgsqlCommand command) => All.Add((command.CommandText, command.Parameters.ToArray()));

        public void LogSuccess(NpgsqlBatch batch) { }

        public void LogFailure(NpgsqlCommand command, Exception ex) { }

        public void LogFailure(NpgsqlBatch batch, Exception ex) { }

        public void LogFailure(Exception ex, string message) { }

        public void RecordSavedChanges(IDocumentSession session, IChangeSet commit) { }

        public void OnBeforeExecute(NpgsqlCommand command) { }

        public void OnBeforeExecute(NpgsqlBatch batch) { }
    }
}
