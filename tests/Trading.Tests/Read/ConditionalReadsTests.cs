using System.Net;
using System.Net.Sockets;
using System.Text;
using Trading.Events;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Read;

/// <summary>Whoever holds an answer is told so, until it is another (RFC 9110 §13).</summary>
[Collection(TradingApp.Collection)]
public sealed class ConditionalReadsTests(TradingApp app)
{
    private static int serial = 70_000_000;

    private readonly Guid procedure = Lives.Procedure(++serial);

    private readonly IReadOnlyList<INoticed> facts = Lives.All[0].Facts.Numbered(serial);

    public static TheoryData<string> Reads =>
    [
        "/v1/procedures/{0}", "/v1/procedures/{0}/history", "/v1/notices/{1}", "/v1/notices?procedure={0}",
        "/v1/procedures?publishedFrom=2026-03-01T09:00:00%2B08:00&publishedTo=2026-03-01T09:00:00%2B08:00&limit=200",
    ];

    [Theory, MemberData(nameof(Reads))]
    public async Task an_answer_that_is_held_is_not_sent_again(string read)
    {
        await Record(2);
        var (client, address) = (app.Client(role: null), Address(read));
        var first = (await client.Get(address)).Expect(HttpStatusCode.OK);
        Assert.Matches("^\"[^\"]+\"$", first.ETag);
        Assert.Equal("no-cache", first.Headers["Cache-Control"]);

        foreach (var held in new[] { first.ETag!, "W/" + first.ETag, "*", $"\"another\", {first.ETag}" })
        {
            var answer = (await client.Get(address, ("If-None-Match", held))).Expect(HttpStatusCode.NotModified);
            Assert.Equal(("", first.ETag, "no-cache"), (answer.Body, answer.ETag, answer.Headers["Cache-Control"]));
            Assert.DoesNotContain("Content-Type", answer.Headers.Keys);
        }

        foreach (var other in new[] { "\"another\"", first.ETag!.Trim('"'), "\"" })
            Assert.Equal(first.Body, (await client.Get(address, ("If-None-Match", other))).Expect(HttpStatusCode.OK).Body);
    }

    [Theory, MemberData(nameof(Reads))]
    public async Task the_tag_is_another_if_and_only_if_the_answer_is(string read)
    {
        var (client, address) = (app.Client(role: null), Address(read));
        var seen = new List<(string Tag, string Body)>();
        for (var known = 2; known <= facts.Count; known++)
        {
            await Record(known);
            var answer = (await client.Get(address)).Expect(HttpStatusCode.OK);
            seen.Add((answer.ETag!, answer.Body));
        }

        Assert.True(seen.Distinct().Count() > 3, "the answer has not changed");
        Assert.Equal(seen.DistinctBy(s => s.Body).Count(), seen.DistinctBy(s => s.Tag).Count());
        Assert.Equal(seen.DistinctBy(s => s.Body).Count(), seen.Distinct().Count());
    }

    [Theory, MemberData(nameof(Reads))]
    public async Task the_answer_is_the_same_in_every_language(string read)
    {
        await Record(2);
        var (client, address) = (app.Client(role: null), Address(read));
        var chinese = (await client.Get(address, ("Accept-Language", "zh-CN"))).Expect(HttpStatusCode.OK);
        var english = (await client.Get(address, ("Accept-Language", "en"))).Expect(HttpStatusCode.OK);

        Assert.Equal((chinese.ETag, chinese.Body), (english.ETag, english.Body));
        Assert.DoesNotContain("Language", english.Headers.GetValueOrDefault("Vary", ""), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Reads))]
    public async Task head_answers_as_get_does_without_the_content(string read)
    {
        await Record(2);
        var (client, address) = (app.Client(role: null), Address(read));
        var get = (await client.Get(address)).Expect(HttpStatusCode.OK);
        var head = (await client.Send(HttpMethod.Head, address, null)).Expect(HttpStatusCode.OK);

        Assert.Equal("", head.Body);
        Assert.Equal(Headers(get), Headers(head));
        (await client.Send(HttpMethod.Head, address, null, ("If-None-Match", get.ETag!))).Expect(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("/v1/procedures?limit=3"), InlineData("/v1/notices?limit=0"), InlineData("/nowhere"), InlineData("/health/ready")]
    public async Task nothing_follows_the_head_on_the_wire(string address)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(app.Address.Host, app.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HEAD {address} HTTP/1.1\r\nHost: {app.Address.Authority}\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var said = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 ", said, StringComparison.Ordinal);
        Assert.Equal(said.Length, said.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4);
    }

    [Fact]
    public async Task head_of_what_is_not_there_has_the_status_alone()
    {
        var answer = (await app.Client(role: null).Send(HttpMethod.Head, "/v1/notices/00000000-0000-0000-0000-000000000000", null)).Expect(HttpStatusCode.NotFound);

        Assert.Equal(("", "application/problem+json", "Accept-Datetime, Accept-Language"), (answer.Body, answer.Headers["Content-Type"], answer.Headers["Vary"]));
    }

    [Fact]
    public async Task other_methods_are_told_which_are_allowed()
    {
        var answer = await app.Client().Send(HttpMethod.Delete, "/v1/notices", null);

        Assert.Equal("GET, HEAD", answer.Refused(HttpStatusCode.MethodNotAllowed, "method-not-allowed").Headers["Allow"]);
    }

    [Fact]
    public async Task a_refusal_has_no_tag_and_varies_with_the_language_and_the_moment_asked_for()
    {
        var answer = (await app.Client(role: null).Get("/v1/notices?limit=0", ("If-None-Match", "*"))).Refused(HttpStatusCode.BadRequest, "validation");

        Assert.Null(answer.ETag);
        Assert.Equal("Accept-Datetime, Accept-Language", answer.Headers["Vary"]);
    }

    [Fact]
    public async Task a_notice_keeps_its_tag_when_something_happens_that_is_not_public()
    {
        var client = app.Client(role: null);
        await RecordedLives.Record(app.Store, procedure, facts.Take(1));
        await Feed.CaughtUp(app);
        var first = (await client.Get($"/v1/notices/{facts[0].Notice.NoticeId}")).ETag!;
        await RecordedLives.Record(app.Store, procedure, [Announced(L1) with { Notice = Lives.Hidden(facts[1]) }]);
        await Feed.CaughtUp(app);

        (await client.Get($"/v1/notices/{facts[0].Notice.NoticeId}", ("If-None-Match", first))).Expect(HttpStatusCode.NotModified);
        Assert.Equal("\"2\"", (await client.Get($"/v1/procedures/{procedure}", ("If-None-Match", "\"1\""))).Expect(HttpStatusCode.OK).ETag);
    }

    [Fact]
    public async Task what_is_not_public_is_kept_by_nobody()
    {
        var hidden = Announced(L1) with { Notice = Lives.Hidden(facts[1]) };
        await RecordedLives.Record(app.Store, procedure, [facts[0], hidden]);
        var address = $"/v1/notices/{hidden.Notice.NoticeId}";

        (await app.Client(role: null).Get(address)).Refused(HttpStatusCode.NotFound, "not-found");
        Assert.Equal("no-store, private", (await app.Client("supervisor").Get(address)).Expect(HttpStatusCode.OK).Headers["Cache-Control"]);
    }

    private string Address(string read) => string.Format(null, read, procedure, facts[1].Notice.NoticeId);

    /// <summary>Records as many of the facts as are to be known, and waits until lists and feed know them.</summary>
    private async Task Record(int known)
    {
        await using var session = app.Store.QuerySession();
        var state = await session.Events.FetchStreamStateAsync(procedure, TestContext.Current.CancellationToken);
        await RecordedLives.Record(app.Store, procedure, facts.Take(known).Skip((int)(state?.Version ?? 0)));
        await Boards.CaughtUp(app.Database);
        await Feed.CaughtUp(app);
    }

    private static IEnumerable<(string, string)> Headers(Answer answer) =>
        answer.Headers.Where(h => h.Key is not ("Date" or "Transfer-Encoding" or "Content-Length" or "Age" or "RateLimit")).Select(h => (h.Key, h.Value)).Order();
}
