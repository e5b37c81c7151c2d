using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Trading.Delivery;
using Trading.Http;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Delivery;

public sealed class KeepingTests : IAsyncDisposable
{
    private static readonly Endpoint endpoint = new(null, new EndpointMetadataCollection(Keepable.Instance), null);
    private readonly StoppedClock clock = new();
    private readonly Freshness freshness;
    private readonly KeptAnswers answers;
    private readonly ServiceProvider services = new ServiceCollection().AddLogging().AddResponseCompression().BuildServiceProvider();
    private readonly Buckets buckets = new(new Bucket("reads", 10, 1), new Bucket("writes", 10, 1), new Bucket("readiness", 10, 1), TimeProvider.System);
    private int made;
    private int size;

    public KeepingTests() => answers = new KeptAnswers(freshness = new Freshness(clock));

    public ValueTask DisposeAsync()
    {
        answers.Dispose();
        return services.DisposeAsync();
    }

    [Fact]
    public async Task of_those_who_ask_at_once_one_has_the_answer_made()
    {
        var release = new TaskCompletionSource();
        var keeping = Keeping(release.Task, "a");
        var asked = Enumerable.Range(0, 5).Select(_ => Ask(keeping)).ToList();
        Assert.Equal(1, made);

        release.SetResult();

        Assert.Equal(["1", "1", "1", "1", "1"], await Task.WhenAll(asked));
    }

    [Fact]
    public async Task one_who_does_not_take_his_answer_keeps_nobody_waiting()
    {
        var release = new TaskCompletionSource();
        var keeping = Keeping(release.Task);   // not kept, so that the others are answered by what they waited for alone
        var slow = Request();
        slow.Response.Body = new NeverTaken();
        var stuck = keeping.InvokeAsync(slow);
        var other = Ask(keeping);

        release.SetResult();

        Assert.Equal("2", await other.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        Assert.False(stuck.IsCompleted);
    }

    [Fact]
    public async Task a_large_answer_is_charged_by_its_size_kept_or_not()
    {
        var keeping = Keeping(Task.CompletedTask, "a");
        size = 5 * Account.BytesPerToken;
        await keeping.InvokeAsync(Request());
        var kept = Request();
        await keeping.InvokeAsync(kept);

        Assert.StartsWith("\"reads\";r=6;", kept.Response.Headers["RateLimit"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task what_nobody_may_keep_is_made_for_each()
    {
        var release = new TaskCompletionSource();
        var keeping = Keeping(release.Task);
        var asked = Enumerable.Range(0, 3).Select(_ => Ask(keeping)).ToList();

        release.SetResult();

        Assert.Equal(["1", "2", "3"], (await Task.WhenAll(asked)).Order());
    }

    [Fact]
    public async Task what_changes_while_the_answer_is_made_is_told_to_those_who_wait()
    {
        var release = new TaskCompletionSource();
        var keeping = Keeping(release.Task, "a");
        var (first, second) = (Ask(keeping), Ask(keeping));
        freshness.Changed("a");

        release.SetResult();

        Assert.Equal(("1", "2"), (await first, await second));
        Assert.Equal("2", await Ask(keeping));
    }

    [Fact]
    public async Task who_waits_is_answered_when_the_making_fails()
    {
        var release = new TaskCompletionSource();
        var keeping = Keeping(release.Task, "a");
        var (first, second) = (Ask(keeping), Ask(keeping));

        release.SetException(new InvalidDataException());

        await Assert.ThrowsAsync<InvalidDataException>(() => first);
        await Assert.ThrowsAsync<InvalidDataException>(() => second);
        Assert.Equal(2, made);
    }

    [Fact]
    public async Task what_was_said_to_one_before_the_answer_was_made_is_not_said_to_another()
    {
        var keeping = Keeping(Task.CompletedTask, "a");
        var (first, second) = (Request(), Request());
        (first.Response.Headers["RateLimit"], second.Response.Headers["RateLimit"]) = ("of the first", "of the second");

        await keeping.InvokeAsync(first);
        await keeping.InvokeAsync(second);

        Assert.Equal((1, "of the second", "text/plain"), (made, second.Response.Headers["RateLimit"].ToString(), second.Response.ContentType));
    }

    [Fact]
    public async Task an_answer_given_out_while_nothing_can_be_learned_says_so()
    {
        var keeping = Keeping(Task.CompletedTask, "a");
        await Ask(keeping);
        clock.Advance(TimeSpan.FromSeconds(7));
        var silent = Request();
        await keeping.InvokeAsync(silent);
        freshness.UpToDate();
        var heard = Request();
        await keeping.InvokeAsync(heard);

        Assert.Equal((1, "7", "trading; hit; ttl=-7; detail=database-away"), (made, silent.Response.Headers.Age.ToString(), silent.Response.Headers["Cache-Status"].ToString()));
        Assert.False(heard.Response.Headers.ContainsKey("Cache-Status"));
    }

    private Keeping Keeping(Task release, params string[] on) => new(
        async http =>
        {
            var number = Interlocked.Increment(ref made);
            await release;
            foreach (var what in on) http.DependsOn(what);
            http.Response.ContentType = "text/plain";
            await http.Response.WriteAsync($"{number}".PadLeft(size));
        },
        answers, freshness, services.GetRequiredService<IResponseCompressionProvider>(), buckets, clock);

    private static async Task<string> Ask(Keeping keeping)
    {
        var http = Request();
        using var body = new MemoryStream();
        http.Response.Body = body;
        await keeping.InvokeAsync(http);
        return Encoding.UTF8.GetString(body.ToArray());
    }

    private static DefaultHttpContext Request()
    {
        var http = new DefaultHttpContext { Request = { Method = "GET", Path = "/v1/codelists" } };
        http.SetEndpoint(endpoint);
        return http;
    }

    private sealed class NeverTaken : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
    }
}
