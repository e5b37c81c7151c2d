using System.IO.Compression;
using System.Net;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Delivery;

[Collection(TradingApp.Collection)]
public sealed class DeliveryTests(TradingApp app)
{
    private static readonly HttpClient http = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None });
    private readonly Client anyone = app.Client(role: null);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task an_answer_is_made_once_and_made_anew_after_a_posting()
    {
        var posted = await Register();
        var first = await Settled(posted.Path);
        Assert.True((await anyone.Get(posted.Path)).Headers.ContainsKey("Age"));
        Assert.Equal(first.Body, (await anyone.Get(posted.Path)).Body);

        (await posted.Post("plan", Posted.Plan)).Expect(HttpStatusCode.Created);

        foreach (var path in (string[])[posted.Path, posted.Path + "/history"])
            Assert.Equal(2, (await anyone.Get(path)).Expect(HttpStatusCode.OK).Version);
    }

    [Fact]
    public async Task whoever_brings_a_token_is_answered_anew()
    {
        var posted = await Register();
        await Settled(posted.Path);
        await anyone.Get(posted.Path);

        Assert.False((await app.Client("supervisor").Get(posted.Path)).Headers.ContainsKey("Age"));
    }

    [Fact]
    public async Task what_is_erased_is_not_kept()
    {
        var posted = await Register();
        var receipt = (await posted.Post("announcement", Routes.Announcement.Body!)).Expect(HttpStatusCode.Created).Json;
        var notice = $"/v1/notices/{receipt["noticeId"]}";
        await Settled(notice);
        Assert.Contains("0717-0000000", (await anyone.Get(notice)).Body, StringComparison.Ordinal);

        (await posted.Post($"notices/{receipt["noticeId"]}/erasure", Routes.Erasure.Body!)).Expect(HttpStatusCode.Created);

        Assert.DoesNotContain("0717-0000000", (await anyone.Get(notice)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task lists_move_on_with_the_boards()
    {
        await Boards.CaughtUp(app.Database);
        const string list = "/v1/procedures?region=659001";   // nobody else is there
        Assert.Empty((await Settled(list)).Json["items"]!.AsArray());

        var body = Posted.Body.Replace("\"420500\"", "\"659001\"", StringComparison.Ordinal);
        (await app.Client().PostText("/v1/procedures", body)).Expect(HttpStatusCode.Created);

        await Eventually.Get(anyone, list, answer => answer.Json["items"]!.AsArray().Count is 1);
    }

    [Fact]
    public async Task an_address_in_other_letters_is_another_address()
    {
        (await anyone.Get("/v1/rules/R-T-01")).Expect(HttpStatusCode.OK);
        (await anyone.Get("/v1/rules/r-t-01")).Refused(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("br"), InlineData("gzip")]
    public async Task what_is_compressed_has_a_tag_of_its_own(string coding)
    {
        var posted = await Register();
        var plain = await Settled(posted.Path);

        using var compressed = await Send(HttpMethod.Get, posted.Path, ("Accept-Encoding", coding));
        Assert.Equal([coding], compressed.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", compressed.Headers.Vary);
        var tag = compressed.Headers.ETag!.ToString();
        Assert.Equal(plain.ETag![..^1] + $"+{coding}\"", tag);
        Assert.Equal(plain.Body, await Decompressed(compressed, coding));

        using var held = await Send(HttpMethod.Get, posted.Path, ("Accept-Encoding", coding), ("If-None-Match", tag));
        Assert.Equal((HttpStatusCode.NotModified, tag), (held.StatusCode, held.Headers.ETag!.ToString()));

        (await posted.Post("plan", Posted.Plan, ("If-Match", tag))).Expect(HttpStatusCode.Created);
        (await posted.Post("plan", Posted.Plan, ("If-Match", tag))).Refused(HttpStatusCode.PreconditionFailed, "stale-version");
    }

    [Theory]
    [InlineData("br"), InlineData("gzip"), InlineData("identity")]
    public async Task what_is_kept_is_kept_coded_as_it_was_asked_for(string coding)
    {
        var posted = await Register();
        var plain = await Settled(posted.Path);
        var coded = coding is "identity" ? "" : coding;
        for (var i = 0; i < 2; i++)
        {
            using var answer = await Send(HttpMethod.Get, posted.Path, ("Accept-Encoding", coding));
            Assert.Equal((coded, i > 0), (string.Join(',', answer.Content.Headers.ContentEncoding), answer.Headers.Age is not null));
            Assert.Contains("Accept-Encoding", answer.Headers.Vary);
            Assert.Equal(plain.Body, await Decompressed(answer, coding));
        }

        Assert.Equal(plain.ETag, (await anyone.Get(posted.Path)).ETag);
    }

    [Fact]
    public async Task a_kept_answer_says_nothing_of_the_request_it_was_made_for()
    {
        var posted = await Register();
        await Settled(posted.Path);
        using var first = await Send(HttpMethod.Get, posted.Path + "/history", ("Origin", "https://example.org"));
        using var second = await Send(HttpMethod.Get, posted.Path + "/history");
        using var third = await Send(HttpMethod.Get, posted.Path + "/history", ("Origin", "https://example.org"));

        Assert.Equal((true, false, true), (Allowed(first), Allowed(second), Allowed(third)));
        Assert.Equal((false, true, true), (first.Headers.Age is not null, second.Headers.Age is not null, third.Headers.Age is not null));
        foreach (var name in (string[])["RateLimit", "RateLimit-Policy", "X-Content-Type-Options", "Content-Security-Policy"])
            Assert.Single(second.Headers.GetValues(name));
        Assert.Equal(await first.Content.ReadAsStringAsync(Ct), await second.Content.ReadAsStringAsync(Ct));

        static bool Allowed(HttpResponseMessage answer) => answer.Headers.Contains("Access-Control-Allow-Origin");
    }

    [Fact]
    public async Task whoever_holds_what_is_kept_is_told_so_and_no_more()
    {
        var posted = await Register();
        var plain = await Settled(posted.Path);
        foreach (var tag in (string[])[plain.ETag!, "*", $"\"other\", {plain.ETag}"])
        {
            var held = (await anyone.Get(posted.Path, ("If-None-Match", tag))).Expect(HttpStatusCode.NotModified);
            Assert.Equal(("", plain.ETag, plain.Headers["Cache-Control"], plain.Headers["Vary"]), (held.Body, held.ETag, held.Headers["Cache-Control"], held.Headers["Vary"]));
            Assert.Equal((true, false), (held.Headers.ContainsKey("Age"), held.Headers.ContainsKey("Content-Type")));
        }

        Assert.Equal(plain.Body, (await anyone.Get(posted.Path, ("If-None-Match", "\"other\""))).Expect(HttpStatusCode.OK).Body);
    }

    [Fact]
    public async Task a_refusal_is_not_kept()
    {
        var posted = await Register();
        for (var i = 0; i < 2; i++)
        {
            var refused = (await anyone.Get(posted.Path + "?asOf=then")).Refused(HttpStatusCode.BadRequest, "validation");
            Assert.False(refused.Headers.ContainsKey("Age"));
        }
    }

    [Fact]
    public async Task a_page_of_another_origin_may_read_and_nothing_else()
    {
        using var read = await Send(HttpMethod.Get, "/v1/codelists", ("Origin", "https://example.org"));
        Assert.Equal(["*"], read.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Contains("ETag", string.Join(',', read.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);

        using var conditional = await Send(
            HttpMethod.Options, "/v1/codelists", ("Origin", "https://example.org"), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "if-none-match"));
        Assert.Equal(["*"], conditional.Headers.GetValues("Access-Control-Allow-Origin"));

        foreach (var asked in (string[])["authorization", "idempotency-key"])
        {
            using var write = await Send(
                HttpMethod.Options, "/v1/procedures", ("Origin", "https://example.org"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", asked));
            Assert.False(write.Headers.Contains("Access-Control-Allow-Methods") && string.Join(',', write.Headers.GetValues("Access-Control-Allow-Methods")).Contains("POST", StringComparison.Ordinal));
            Assert.DoesNotContain(asked, write.Headers.TryGetValues("Access-Control-Allow-Headers", out var allowed) ? string.Join(',', allowed).ToLowerInvariant() : "", StringComparison.Ordinal);
        }
    }

    private Task<Posted> Register()
    {
        app.Clock.Set(Scene.Now);
        return Posted.Register(app.Client(), app.Database);
    }

    /// <summary>Waits until nothing about the answer changes by itself any more.</summary>
    private async Task<Answer> Settled(string path)
    {
        await Eventually.True(async () => (await anyone.Get(path)).ETag is { } one && one == (await anyone.Get(path)).ETag && !one.Contains('.', StringComparison.Ordinal));
        return await anyone.Get(path);
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(app.Address, path));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request, Ct);
    }

    private static async Task<string> Decompressed(HttpResponseMessage response, string coding)
    {
        await using var body = await response.Content.ReadAsStreamAsync(Ct);
        await using var plain = coding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(plain);
        return await reader.ReadToEndAsync(Ct);
    }
}
