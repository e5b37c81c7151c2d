using System.Globalization;
using System.Net;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Ops;

public sealed class RateLimitsTests
{
    private const int Burst = 5;

    [Fact]
    public async Task who_asks_too_much_is_told_when_to_come_back()
    {
        await using var database = await Database.Create("limits");
        await using var service = await Deployment.Start(
            database, ("Limits__Burst", $"{Burst}"), ("Limits__ReadsPerMinute", "60"), ("Limits__WritesPerMinute", "60"), ("Limits__MillisecondsPerToken", "1000000"));

        foreach (var english in (bool[])[false, true])
        {
            var refused = await Exhaust(service.Client(), client => client.Get("/v1/procedures", ("Accept-Language", english ? "en" : "zh-CN")));
            ProblemForm.Assert(refused.Refused(HttpStatusCode.TooManyRequests, "rate-limited"), english);
            Assert.InRange(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
        }

        Assert.InRange(Left(await service.Client("operator").Get("/v1/codelists")), Burst - 1, Burst);
        Assert.InRange(Left(await service.Client("reviewer").Get("/v1/procedures")), 0, 1);
        Assert.Equal("\"reads\";q=5;w=5", (await service.Client("operator").Get("/v1/codelists")).Headers["RateLimit-Policy"]);
        Assert.False((await service.Client().Get("/health/live")).Headers.ContainsKey("RateLimit"));

        // another client and another kind of request have buckets of their own, and health is never limited
        (await service.Client("supervisor").Get("/v1/procedures")).Expect(HttpStatusCode.OK);
        for (var i = 0; i < 3 * Burst; i++) (await service.Client().Get("/health/live")).Expect(HttpStatusCode.OK);
        (await service.Client("publisher").PostText("/v1/procedures", Posted.Body)).Expect(HttpStatusCode.Created);
        (await Exhaust(service.Client("publisher"), client => client.PostText("/v1/procedures", Posted.Body)))
            .Refused(HttpStatusCode.TooManyRequests, "rate-limited");
        (await service.Client("publisher").Get("/v1/codelists")).Expect(HttpStatusCode.OK);
        (await service.Client("publisher").PostText("/v1/rules/check", $$"""{"registration":{{Posted.Body}},"postings":[]}""")).Expect(HttpStatusCode.OK);   // records nothing

        // a bucket fills again, and what was refused was not recorded
        await Eventually.True(async () => (await service.Client("publisher").PostText("/v1/procedures", Posted.Body)).Status is HttpStatusCode.Created);
    }

    private static int Left(Answer answer) => int.Parse(answer.Expect(HttpStatusCode.OK).Headers["RateLimit"].Split("r=")[1].Split(';')[0], CultureInfo.InvariantCulture);

    private static async Task<Answer> Exhaust(Client client, Func<Client, Task<Answer>> ask)
    {
        for (var i = 0; i < 50; i++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, Burst).Select(_ => ask(client)));
            if (Array.Find(answers, answer => answer.Status is HttpStatusCode.TooManyRequests) is { } refused) return refused;
        }

        throw new InvalidOperationException("It was never enough.");
    }
}
