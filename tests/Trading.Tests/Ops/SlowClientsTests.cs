using System.Globalization;
using System.Net;
using System.Text;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>Clients who give and take slowly, or too much at once: they are cut or refused, and others do not notice.</summary>
[Collection(Alone.Collection)]
public sealed class SlowClientsTests
{
    private const int Readers = 500, Backlog = 24;

    /// <summary>So many pages that the buffers of a connection do not hold them.</summary>
    private const int PagesAtOnce = 40;

    /// <summary>Of a busy machine; on a quiet one TRADING_P99 asks for less, in milliseconds.</summary>
    private static readonly TimeSpan bound = TimeSpan.FromMilliseconds(
        Environment.GetEnvironmentVariable("TRADING_P99") is { Length: > 0 } asked ? int.Parse(asked, CultureInfo.InvariantCulture) : 1000);

    /// <summary>A GOAWAY frame with HTTP_1_1_REQUIRED (RFC 9113, 6.8 and 7).</summary>
    private const string Goaway = "\0\0\b\a\0\0\0\0\0\0\0\0\0\0\0\0\r";

    private static readonly TimeSpan most = TimeSpan.FromSeconds(25), pause = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task writers_and_readiness_do_not_notice_500_slow_readers_of_feed_and_stream()
    {
        await using var database = await Database.Create("slow");
        await using var service = await Deployment.Start(
            database, ("Limits__Answers", "1000"), ("Limits__Streams", "1000"), ("Limits__Connections", "1000"), ("Limits__LeastBytesPerSecond", "1"), ("Pools__Feed", "4"));
        await Fill(service);
        using var quick = new HttpClient { BaseAddress = service.Address };
        var publisher = service.Client("publisher");
        await Measure(20);   // the first answers are slower

        var readers = new List<SlowClient>(Readers);
        try
        {
            for (var i = 0; i < Readers; i++)
            {
                readers.Add(await SlowClient.Ask(service.Address, i % 2 is 0 ? $"/v1/changes?limit={1000 - i % 100}" : "/v1/changes/stream"));
                await readers[i].Take(12);
                Assert.StartsWith("HTTP/1.1 200", readers[i].Taken, StringComparison.Ordinal);
            }

            using var enough = new CancellationTokenSource();
            var dripping = Task.WhenAll(readers.Select(reader => Drip(reader, enough.Token)));
            var (writes, readiness) = await Measure(200);
            await enough.CancelAsync();
            await dripping;

            TestContext.Current.SendDiagnosticMessage("p99 of {0} postings {1:0.0} ms, of readiness {2:0.0} ms", 200, writes.TotalMilliseconds, readiness.TotalMilliseconds);
            Assert.InRange(writes, TimeSpan.Zero, bound);
            Assert.InRange(readiness, TimeSpan.Zero, bound);
        }
        finally
        {
            foreach (var reader in readers) reader.Dispose();
        }

        async Task<(TimeSpan Writes, TimeSpan Readiness)> Measure(int times)
        {
            var (writes, readiness) = (new List<TimeSpan>(), new List<TimeSpan>());
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(75));   // no faster than one client may ask for readiness
            for (var i = 0; i < times; i++)
            {
                await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
                writes.Add(await Time(async () => (await publisher.PostText("/v1/procedures", Posted.Body)).Expect(HttpStatusCode.Created)));
                readiness.Add(await Time(async () => Assert.Equal(HttpStatusCode.OK, (await quick.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode)));
            }

            return (P99(writes), P99(readiness));
        }
    }

    [Fact]
    public async Task who_gives_or_takes_too_slowly_is_cut()
    {
        await using var database = await Database.Create("drip");
        await using var service = await Deployment.Start(database, ("Limits__LeastBytesPerSecond", "1000000"));
        await Fill(service);
        var token = (string)service.Tokens["publisher"]!;
        var post = $"POST /v1/procedures HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: slow\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{{";
        var import = $"POST /v1/legacy-notices HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/x-ndjson\r\nContent-Length: 60000000\r\n\r\n{{";

        using var head = await SlowClient.Connect(service.Address, "GET /v1/codelists HTTP/1.1\r\nHost: localhost\r\nX: ");
        using var body = await SlowClient.Connect(service.Address, post);
        using var lines = await SlowClient.Connect(service.Address, import);
        using var page = await SlowClient.Connect(service.Address, string.Concat(Enumerable.Repeat("GET /v1/changes HTTP/1.1\r\nHost: localhost\r\n\r\n", PagesAtOnce)));
        using var stream = await SlowClient.Ask(service.Address, "/v1/changes/stream");
        var cut = await Task.WhenAll(
            head.UntilCut(client => client.GivesOn("x"), pause, most),
            body.UntilCut(client => client.GivesOn(" "), pause, most), lines.UntilCut(client => client.GivesOn(" "), pause, most),
            page.UntilCut(async client => await client.Take() > 0, pause, most + most), stream.UntilCut(async client => await client.Take() > 0, pause, most + most));

        TestContext.Current.SendDiagnosticMessage("cut after {0}", string.Join(", ", cut.Select(after => after.TotalSeconds.ToString("0.0 s", CultureInfo.InvariantCulture))));
        Assert.Contains(" 408 ", body.Taken, StringComparison.Ordinal);
        Assert.Contains(" 408 ", lines.Taken, StringComparison.Ordinal);
        Assert.Equal(0, (await Posted.Rows<long>(database, "select count(*) from events.mt_events where type = 'procedure-registered'"))[0]);
    }

    [Fact]
    public async Task one_address_has_so_many_answers_streams_and_connections_and_others_have_theirs()
    {
        await using var database = await Database.Create("crowd");
        await using var service = await Deployment.Start(
            database, ("Limits__Answers", "3"), ("Limits__Streams", "2"), ("Limits__Connections", "12"), ("Http__Proxies__0", "127.0.0.3"));
        await Fill(service);
        await Eventually.Get(service.Client(), "/v1/codelists", answer => answer.Headers.ContainsKey("Age"));   // it is cached
        var waits = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => SlowClient.Ask(service.Address, "/v1/changes?after=1000000&wait=60")));
        var streams = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => SlowClient.Ask(service.Address, "/v1/changes/stream?after=1000000")));
        foreach (var stream in streams) Assert.True(await stream.Take(4096) > 0);

        foreach (var path in (string[])["/v1/notices", "/v1/changes", "/v1/changes/stream"])
        {
            Answer? refused = null;
            await Eventually.True(async () => (refused = await service.Client().Get(path)).Status is not HttpStatusCode.OK);
            ProblemForm.Assert(refused!.Refused(HttpStatusCode.TooManyRequests, "rate-limited"));
            Assert.Equal("2", refused.Headers["Retry-After"]);
        }

        (await service.Client().Get("/v1/codelists")).Expect(HttpStatusCode.OK);
        (await service.Client().Get("/health/ready")).Expect(HttpStatusCode.OK);
        (await service.Client("publisher").PostText("/v1/procedures", Posted.Body)).Expect(HttpStatusCode.Created);

        foreach (var each in waits.Concat(streams)) each.Dispose();
        await Eventually.Get(service.Client(), "/v1/notices", answer => answer.Status is HttpStatusCode.OK);

        var connections = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => SlowClient.Connect(service.Address, "")));
        var refusals = 0;
        foreach (var connection in connections)
            if (!await connection.GivesOn("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n") || await connection.Take(12) is 0) refusals++;
        Assert.InRange(refusals, 4, 8);   // others of this test may still be open
        foreach (var connection in connections) connection.Dispose();
    }

    [Fact]
    public async Task http2_and_floods_of_headers_end_at_the_door()
    {
        await using var database = await Database.Create("floods");
        await using var service = await Deployment.Start(database);
        using var two = await SlowClient.Connect(service.Address, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        await two.Take(4096);
        Assert.Equal(Goaway, two.Taken);

        using var many = await SlowClient.Connect(service.Address, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n");
        for (var i = 0; i < 150 && await many.GivesOn($"X-{i}: 1\r\n"); i++)
        {
            // as many as it takes
        }

        await many.GivesOn("\r\n");
        await many.Take(4096);
        Assert.StartsWith("HTTP/1.1 431", many.Taken, StringComparison.Ordinal);

        using var large = await SlowClient.Connect(service.Address, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n");
        for (var i = 0; i < 60 && await large.GivesOn($"X-{i}: {new string('x', 4_000)}\r\n"); i++)
        {
            // as many as it takes
        }

        await large.Take(4096);
        Assert.StartsWith("HTTP/1.1 431", large.Taken, StringComparison.Ordinal);
        (await service.Client().Get("/health/live")).Expect(HttpStatusCode.OK);
    }

    private static async Task Drip(SlowClient reader, CancellationToken enough)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await tick.WaitForNextTickAsync(enough)) await reader.Take();
        }
        catch (OperationCanceledException)
        {
            // it has been long enough
        }
    }

    /// <summary>So much history that no buffer between the service and a client holds a page of it.</summary>
    private static async Task Fill(Deployment service)
    {
        var candidates = string.Join(',', Enumerable.Range(1, 10).Select(rank => $$"""{"rank":{{rank}},"name":"{{new string('某', 9_000)}}","priceText":"120万元"}"""));
        var lines = Enumerable.Range(0, Backlog).Select(i =>
            $$"""{"sourceId":"slow-{{i}}","regionCode":"420500","category":"engineering","noticeType":"candidates-publicised","title":"旧公告","publishedOn":"2023-04-03","projectName":"旧项目","candidates":[{{candidates}}]}""");
        using var content = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        var answer = (await service.Client("publisher").Send(HttpMethod.Post, "/v1/legacy-notices", content)).Expect(HttpStatusCode.OK);
        Assert.Equal(Backlog, (int)answer.Json["landed"]!);
        await Eventually.Get(service.Client(), $"/v1/changes?after={Backlog - 1}", page => page.Status is HttpStatusCode.OK && page.Json["items"]!.AsArray().Count is 1);
        await Eventually.Get(service.Client(), "/health/ready", ready => ready.Status is HttpStatusCode.OK);
    }

    private static async Task<TimeSpan> Time(Func<Task> act)
    {
        var began = TimeProvider.System.GetTimestamp();
        await act();
        return TimeProvider.System.GetElapsedTime(began);
    }

    private static TimeSpan P99(List<TimeSpan> times) => times.Order().ElementAt(times.Count * 99 / 100);
}
