using System.Net;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Intake;

/// <summary>Eight who write at once: one is first, the others are told, and nothing is lost or doubled.</summary>
[Collection(TradingApp.Collection)]
public sealed class ConcurrencyTests(TradingApp app)
{
    private const int Writers = 8, Rounds = 25;

    [Fact]
    public async Task of_eight_who_insist_on_a_version_one_writes()
    {
        var posted = await Posted.Register(app.Client(), app.Database);
        for (var version = 1; version <= Rounds; version++)
        {
            var answers = await Race(posted, "plan", Posted.Plan, ("If-Match", $"\"{version}\""));
            Assert.Equal($"\"{version + 1}\"", Assert.Single(answers, Written).ETag);
            foreach (var late in answers.Where(answer => !Written(answer)))
            {
                late.Refused(HttpStatusCode.PreconditionFailed, "stale-version");
                Assert.Equal(version + 1, (int?)late.Json["version"]);
                Assert.Equal($"\"{version + 1}\"", late.ETag);
            }
        }

        Assert.Equal(Rounds + 1, await posted.IsDense());
    }

    [Fact]
    public async Task of_eight_who_insist_on_nothing_the_rules_let_one_write()
    {
        var posted = await Posted.Register(app.Client(), app.Database);
        var suspension = Body("""{"reason":"暂停"}""");
        for (var round = 0; round < Rounds; round++)
        {
            var answers = await Race(posted, round % 2 is 0 ? "suspension" : "resumption", suspension);
            Assert.Single(answers, Written);
            foreach (var late in answers.Where(answer => !Written(answer)))
                Assert.Equal(
                    round % 2 is 0 ? "procedure.suspended" : "change.not-suspended",
                    (string?)late.Refused(HttpStatusCode.Conflict, "wrong-stage").Json["rule"]);
        }

        Assert.Equal(Rounds + 1, await posted.IsDense());
    }

    [Fact]
    public async Task eight_whom_nothing_stops_all_write()
    {
        var posted = await Posted.Register(app.Client(), app.Database);
        for (var round = 0; round < Rounds; round++) Assert.All(await Race(posted, "plan", Posted.Plan), answer => answer.Expect(HttpStatusCode.Created));
        Assert.Equal(Rounds * Writers + 1, await posted.IsDense());
    }

    [Fact]
    public async Task eight_who_register_get_procedures_and_deal_codes_of_their_own()
    {
        var answers = new List<Answer>();
        for (var round = 0; round < Rounds; round++)
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => app.Client().PostText("/v1/procedures", Posted.Body))));

        Assert.All(answers, answer => answer.Expect(HttpStatusCode.Created));
        var procedures = answers.Select(answer => (string)answer.Json["procedureId"]!).ToList();
        Assert.Equal(Rounds * Writers, procedures.Distinct().Count());
        var codes = await Posted.Rows<string>(app.Database, $"""
            select lot ->> 'dealCode' from events.mt_events, jsonb_array_elements(data -> 'lots') lot
            where type = 'procedure-registered' and stream_id = any (string_to_array('{string.Join(',', procedures)}', ',')::uuid[])
            """);
        Assert.Equal(Rounds * Writers * 2, codes.Count);
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    private static Task<Answer[]> Race(Posted posted, string step, string body, params (string, string)[] headers) =>
        Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => posted.Post(step, body, headers)));

    private static bool Written(Answer answer) => answer.Status is HttpStatusCode.Created;

    private static string Body(string body) => body[..^1] + Posted.Plan[Posted.Plan.LastIndexOf(",\"disclosure\"", StringComparison.Ordinal)..];
}
