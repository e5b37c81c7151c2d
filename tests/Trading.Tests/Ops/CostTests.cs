using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Trading.Http;
using Trading.Ops;
using Trading.Tests.Harness;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>What is dear to answer costs what it is worth, whoever answers it.</summary>
public sealed class CostTests
{
    private const int Burst = 200;

    [Fact]
    public async Task an_answer_costs_by_its_size_and_its_making()
    {
        await using var database = await Database.Create("cost");
        await using var service = await Deployment.Start(database, ("Limits__Burst", $"{Burst}"), ("Limits__ReadsPerMinute", "60"), ("Limits__WritesPerMinute", "60"), ("Limits__MillisecondsPerToken", "1000000"));
        await Import(service, 12);
        await Eventually.Get(service.Client("reviewer"), "/v1/changes?after=11", feed => feed.Json["items"]!.AsArray().Count is 1);
        Assert.InRange(Left(await service.Client("supervisor").Get("/v1/codelists")), Burst - 20, Burst - 1);

        var page = (await service.Client().Get("/v1/changes")).Expect(HttpStatusCode.OK);
        var tokens = Encoding.UTF8.GetByteCount(page.Body) / Account.BytesPerToken;
        Assert.True(tokens > 20, $"{tokens}");
        Assert.InRange(Left(await service.Client().Get("/v1/codelists")), 0, Burst - tokens / 2);   // the next answer tells what the page has cost
        Answer? refused = null;
        for (var i = 0; i < 2 * Burst / tokens && refused is null; i++)
            if (await service.Client().Get("/v1/changes") is { Status: HttpStatusCode.TooManyRequests } turned) refused = turned;
        Assert.InRange(int.Parse(refused!.Refused(HttpStatusCode.TooManyRequests, "rate-limited").Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 2 * Burst);
        Assert.StartsWith("\"reads\";r=0;", refused.Headers["RateLimit"], StringComparison.Ordinal);

        // the same for bodies: what was imported is charged to writing
        Assert.InRange(Left(await service.Client("publisher").PostText("/v1/procedures", Posted.Body), HttpStatusCode.Created), 0, Burst - 12 * 8);
        (await service.Client().Get("/health/ready")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task files_of_the_log_are_read_from_other_pages_and_counted_and_so_is_readiness()
    {
        await using var database = await Database.Create("files");
        await using var service = await Deployment.Start(database, ("Limits__Burst", "20"), ("Limits__ReadsPerMinute", "60"), ("Limits__MillisecondsPerToken", "1000000"));
        await Posted.Register(service.Client("publisher"), database);
        const string tile = "/log/tile/0/000.p/1";
        await Eventually.True(async () => (await Posted.Rows<long>(database, "select coalesce(max(size), 0) from log.checkpoint"))[0] >= 1, seconds: 30);
        await Eventually.Get(service.Client("operator"), tile, answer => answer.Status is HttpStatusCode.OK);

        var file = (await service.Client().Get(tile, ("Origin", "https://elsewhere.example"))).Expect(HttpStatusCode.OK);
        Assert.Equal("*", file.Headers["Access-Control-Allow-Origin"]);
        Assert.Equal("\"reads\";q=20;w=20", file.Headers["RateLimit-Policy"]);
        await Exhaust(service.Client(), tile);
        await Exhaust(new Client(service.Address, "no token at all"), tile);   // it takes more than a header to be somebody else

        Assert.Equal("\"readiness\";q=100;w=10", (await service.Client().Get("/health/ready")).Headers["RateLimit-Policy"]);
        await Exhaust(service.Client(), "/health/ready", 300);
        (await service.Client().Get("/health/live")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task what_threads_work_on_longer_costs_more()
    {
        var buckets = new Buckets(new Bucket("reads", 1_000, 1), new Bucket("writes", 1_000, 1), new Bucket("readiness", 1_000, 1), new StoppedClock());
        using var answers = new Turnstile(1, 1);
        using var streams = new Turnstile(1, 1);
        var metering = new Metering(
            async http =>
            {
                var began = TimeProvider.System.GetTimestamp();
                while (TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMilliseconds(400))   // a quarter of a processor is enough
                {
                    // busy
                }

                await http.Response.WriteAsync("done");
            },
            buckets, new Turnstiles(answers, streams), TimeSpan.FromMilliseconds(5));
        var http = new DefaultHttpContext { Request = { Method = "GET", Path = "/dear" }, Response = { Body = new MemoryStream() } };
        await metering.InvokeAsync(http);

        Assert.InRange(1_000 - buckets.Charge(buckets.Reads, "", 0), 19, 1_000);
        Assert.StartsWith("\"reads\";r=9", http.Response.Headers["RateLimit"].ToString(), StringComparison.Ordinal);   // told with the answer
    }

    [Fact]
    public async Task readiness_is_looked_at_once_a_second_however_many_ask()
    {
        var (checks, clock) = (new Counting(), new StoppedClock());
        var readiness = new Readiness(checks, clock);
        var asked = Enumerable.Range(0, 10).Select(_ => readiness.Report(TestContext.Current.CancellationToken)).ToList();
        checks.Release.SetResult();
        await Task.WhenAll(asked);
        Assert.Equal(1, checks.Times);

        clock.Advance(TimeSpan.FromMilliseconds(999));
        await readiness.Report(TestContext.Current.CancellationToken);
        Assert.Equal(1, checks.Times);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await readiness.Report(TestContext.Current.CancellationToken);
        Assert.Equal(2, checks.Times);
    }

    private static async Task Exhaust(Client client, string path, int most = 60)
    {
        for (var i = 0; i < most; i++)
            if ((await client.Get(path)).Status is HttpStatusCode.TooManyRequests) return;
        Assert.Fail($"{path} is never too much.");
    }

    private static int Left(Answer answer, HttpStatusCode expected = HttpStatusCode.OK) =>
        int.Parse(answer.Expect(expected).Headers["RateLimit"].Split("r=")[1].Split(';')[0], CultureInfo.InvariantCulture);

    /// <summary>Lines of some 270 kilobytes.</summary>
    private static async Task Import(Deployment service, int lines)
    {
        var candidates = string.Join(',', Enumerable.Range(1, 10).Select(rank => $$"""{"rank":{{rank}},"name":"{{new string('某', 9_000)}}","priceText":"120万元"}"""));
        using var content = new StringContent(
            string.Join('\n', Enumerable.Range(0, lines).Select(i =>
                $$"""{"sourceId":"cost-{{i}}","regionCode":"420500","category":"engineering","noticeType":"candidates-publicised","title":"旧公告","publishedOn":"2023-04-03","projectName":"旧项目","candidates":[{{candidates}}]}""")),
            Encoding.UTF8, "application/x-ndjson");
        (await service.Client("publisher").Send(HttpMethod.Post, "/v1/legacy-notices", content)).Expect(HttpStatusCode.OK);
    }

    private sealed class Counting : HealthCheckService
    {
        public TaskCompletionSource Release { get; } = new();

        public int Times { get; private set; }

        public override async Task<HealthReport> CheckHealthAsync(Func<HealthCheckRegistration, bool>? predicate, CancellationToken cancellationToken = default)
        {
            Times++;
            await Release.Task;
            return new HealthReport(new Dictionary<string, HealthReportEntry>(), TimeSpan.Zero);
        }
    }
}
