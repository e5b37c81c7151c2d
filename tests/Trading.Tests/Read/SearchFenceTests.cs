using System.Net;
using Npgsql;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Read;

[Collection(TradingApp.Collection)]
public sealed class SearchFenceTests(TradingApp app)
{
    [Theory, InlineData("/v1/notices?q=学校", "noticerow"), InlineData("/v1/procedures?q=学校", "procedurerow"), InlineData("/v1/statistics/notices?by=month", "noticerow")]
    public async Task a_search_that_takes_too_long_is_ended_and_may_be_tried_again(string search, string table)
    {
        await using var owner = app.Database.OpenAsOwner();
        await using var connection = await owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using (var held = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var command = new NpgsqlCommand($"lock table views.mt_doc_{table} in access exclusive mode", connection, held);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

            var answer = (await app.Client(role: null).Get(search)).Refused(HttpStatusCode.ServiceUnavailable, "unavailable");
            Assert.Equal("2", answer.Headers["Retry-After"]);
        }

        (await app.Client(role: null).Get(search)).Expect(HttpStatusCode.OK);
    }
}
