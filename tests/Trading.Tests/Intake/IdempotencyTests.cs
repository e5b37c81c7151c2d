using System.Net;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Intake;

[Collection(TradingApp.Collection)]
public sealed class IdempotencyTests(TradingApp app)
{
    private static int keys;

    private readonly (string, string) key = ("Idempotency-Key", $"\"idempotency-{Environment.ProcessId}-{Interlocked.Increment(ref keys)}\"");

    [Fact]
    public async Task a_repeated_request_gets_the_answer_it_got_to_the_letter()
    {
        var first = (await Register(app.Client())).Expect(HttpStatusCode.Created);
        Assert.False(first.Headers.ContainsKey("Idempotency-Replayed"));
        var posted = new Posted(app.Client(), app.Database, (string)first.Json["procedureId"]!);
        await posted.Post("plan", Posted.Plan);   // the procedure moves on; the stored answer does not

        for (var again = 0; again < 3; again++) Repeats(first, await Register(app.Client(), ("Accept-Language", "en"), ("If-None-Match", "*")));
        Assert.Equal(2, await posted.IsDense());
    }

    [Fact]
    public async Task a_key_is_the_same_with_and_without_its_quotes()
    {
        var first = (await Register(app.Client())).Expect(HttpStatusCode.Created);
        Repeats(first, await app.Client().PostText("/v1/procedures", Posted.Body, ("Idempotency-Key", key.Item2.Trim('"'))));
    }

    [Fact]
    public async Task a_key_used_for_another_body_or_address_is_refused()
    {
        var first = (await Register(app.Client())).Expect(HttpStatusCode.Created);
        foreach (var (path, body) in new[]
        {
            ("/v1/procedures", Posted.Body.Replace("教学楼", "实验楼", StringComparison.Ordinal)),
            ("/v1/procedures", Posted.Body + " "),
            ("/v1/procedures/" + first.Json["procedureId"] + "/plan", Posted.Plan),
        })
            ProblemForm.Assert((await app.Client().PostText(path, body, key)).Refused(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused"));
        Repeats(first, await Register(app.Client()));
    }

    [Fact]
    public async Task another_client_may_use_the_same_key()
    {
        var first = (await Register(app.Client())).Expect(HttpStatusCode.Created);
        var second = (await Register(app.Client(subject: "another-publisher"))).Expect(HttpStatusCode.Created);
        Assert.NotEqual((string?)first.Json["procedureId"], (string?)second.Json["procedureId"]);
    }

    /// <summary>Answers of releases that knew a client by its subject alone.</summary>
    [Fact]
    public async Task an_answer_kept_under_the_subject_alone_is_found_again()
    {
        var first = (await Register(app.Client())).Expect(HttpStatusCode.Created);
        await using (var owner = app.Database.OpenAsOwner())
        await using (var old = owner.CreateCommand($"update intake.idempotency_keys set client = 'publisher' where key = '{key.Item2.Trim('"')}'"))
            Assert.Equal(1, await old.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));

        Repeats(first, await Register(app.Client()));
        (await app.Client().PostText("/v1/procedures", Posted.Body + " ", key)).Refused(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        Assert.False((await Register(app.Client(subject: "another-publisher"))).Expect(HttpStatusCode.Created).Headers.ContainsKey("Idempotency-Replayed"));
    }

    [Fact]
    public async Task a_refused_request_leaves_its_key_free()
    {
        (await app.Client().PostText("/v1/procedures", "{}", key)).Refused(HttpStatusCode.BadRequest, "validation");
        (await app.Client().PostText("/v1/procedures", Routes.Register.Set("/classCode", "D01"), key)).Refused(HttpStatusCode.UnprocessableEntity, "rule-refused");
        (await app.Client(region: "43").PostText("/v1/procedures", Posted.Body, key)).Refused(HttpStatusCode.Forbidden, "forbidden");
        Assert.False((await Register(app.Client())).Expect(HttpStatusCode.Created).Headers.ContainsKey("Idempotency-Replayed"));
    }

    [Fact]
    public async Task a_dry_run_takes_no_key()
    {
        (await app.Client().PostText("/v1/procedures?dryRun=true", Routes.Register.Set("/title", "另一项目"), key)).Expect(HttpStatusCode.OK);
        (await Register(app.Client())).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task a_second_request_while_the_first_is_worked_on_is_told_so()
    {
        var posted = await Posted.Register(app.Client(), app.Database);
        Task<Answer> first;
        await using (var held = await posted.Hold())
        {
            first = posted.Post("plan", Posted.Plan, key);
            await held.Awaited(postings: 1);
            var second = (await posted.Post("plan", Posted.Plan, key)).Refused(HttpStatusCode.Conflict, "in-flight");
            ProblemForm.Assert(second);
            Assert.Equal("1", second.Headers["Retry-After"]);
        }

        Repeats((await first).Expect(HttpStatusCode.Created), await posted.Post("plan", Posted.Plan, key));
        Assert.Equal(2, await posted.IsDense());
    }

    [Fact]
    public async Task the_key_is_kept_in_the_transaction_of_the_events()
    {
        await Register(app.Client());
        var transactions = await Posted.Rows<string>(app.Database, $"""
            select k.xmin::text || ' ' || e.xmin::text from intake.idempotency_keys k
            join events.mt_events e on e.id = (k.answer::json ->> 'noticeId')::uuid where k.key = '{key.Item2.Trim('"')}'
            """);
        var both = Assert.Single(transactions).Split(' ');
        Assert.Equal(both[0], both[1]);
    }

    [Fact]
    public async Task one_key_sent_many_times_at_once_records_once()
    {
        for (var round = 0; round < 25; round++)
        {
            (string, string) raced = ("Idempotency-Key", $"{key.Item2.Trim('"')}-{round}");
            var posted = await Posted.Register(app.Client(), app.Database);
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => posted.Post("plan", Posted.Plan, raced)));
            Assert.Single(answers, answer => answer.Status is HttpStatusCode.Created && !answer.Headers.ContainsKey("Idempotency-Replayed"));
            Assert.Single(answers.Where(answer => answer.Status is HttpStatusCode.Created).Select(answer => answer.Body).Distinct());
            Assert.All(answers.Where(answer => answer.Status is not HttpStatusCode.Created), answer => answer.Refused(HttpStatusCode.Conflict, "in-flight"));
            Assert.Equal(2, await posted.IsDense());
        }
    }

    private Task<Answer> Register(Client client, params (string, string)[] headers) => client.PostText("/v1/procedures", Posted.Body, [key, .. headers]);

    internal static void Repeats(Answer first, Answer again)
    {
        again.Expect(HttpStatusCode.Created);
        Assert.Equal("true", again.Headers["Idempotency-Replayed"]);
        foreach (var header in (string[])["ETag", "Location", "Content-Type"]) Assert.Equal(first.Headers[header], again.Headers[header]);
        Assert.Equal(first.Body, again.Body);
    }
}
