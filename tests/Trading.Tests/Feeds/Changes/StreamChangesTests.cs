using System.Globalization;
using System.Net;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Feeds.Changes;

[Collection(TradingApp.Collection)]
public sealed class StreamChangesTests(TradingApp app, Scene scene) : IClassFixture<Scene>
{
    [Fact]
    public async Task a_reader_who_is_cut_off_goes_on_behind_the_last_event_he_saw()
    {
        Assert.NotNull(scene);
        var first = await Read("/v1/changes/stream", null, 5);
        Assert.Equal([0, 1, 2, 3, 4], first);
        Assert.Equal([5, 6, 7], await Read("/v1/changes/stream", "4", 3));
        Assert.Equal([5, 6, 7], await Read("/v1/changes/stream?after=5", null, 3));
    }

    [Fact]
    public async Task what_happens_is_told_as_it_happens()
    {
        await using var owner = app.Database.OpenAsOwner();
        await using var command = owner.CreateCommand("select count(*) from events.mt_events");
        var recorded = (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        var reading = Read($"/v1/changes/stream?after={recorded}", null, 1);
        (await app.Client().PostText("/v1/procedures", Routes.Engineering("001"))).Expect(HttpStatusCode.Created);
        Assert.Equal([recorded], await reading);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("999999999999999999")]
    [InlineData("9223372036854775808")]
    public async Task what_is_no_position_is_refused_by_the_name_of_its_header(string last)
    {
        var refused = (await app.Client(role: null).Get("/v1/changes/stream", ("Last-Event-ID", last))).Refused(HttpStatusCode.BadRequest, "validation");
        Assert.Equal("Last-Event-ID", (string?)Assert.Single(refused.Json["errors"]!.AsArray())!["pointer"]);
    }

    [Theory]
    [InlineData("1000000000")]
    [InlineData("999999999999999998")]
    public async Task a_reader_hears_at_once_that_it_is_listened_to(string last)
    {
        using var http = new HttpClient { BaseAddress = app.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/changes/stream") { Headers = { { "Last-Event-ID", last } } };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.Equal("no", Assert.Single(response.Headers.GetValues("X-Accel-Buffering")));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal(":", await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
    }

    /// <summary>Otherwise the stream would go on unseen, and the next request of the connection would never be read.</summary>
    [Fact]
    public async Task a_head_request_ends_with_the_headers()
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 }) { BaseAddress = app.Address, Timeout = TimeSpan.FromSeconds(10) };
        using var asked = new HttpRequestMessage(HttpMethod.Head, "/v1/changes/stream");
        using var headers = await http.SendAsync(asked, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", headers.Content.Headers.ContentType?.MediaType);
        using var next = await http.GetAsync("/health/live", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    private async Task<List<long>> Read(string path, string? last, int count)
    {
        using var http = new HttpClient { BaseAddress = app.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (last is not null) request.Headers.Add("Last-Event-ID", last);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var ids = new List<long>();
        while (ids.Count < count && await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.StartsWith("id: ", StringComparison.Ordinal)) ids.Add(long.Parse(line[4..], CultureInfo.InvariantCulture));
        return ids;
    }
}
