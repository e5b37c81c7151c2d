using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Fuzz;

/// <summary>
/// Requests to every address, changed by chance in method, path, query, headers, token and body: none is answered with a failure that is
/// not a stated 503, each refusal is a problem, and the service's memory does not grow. Small, unless <c>ops/fuzz</c> asks for more.
/// </summary>
[Collection(TradingApp.Collection)]
public sealed class MutatedRequestsTests(TradingApp app, Scene scene) : IClassFixture<Scene>
{
    private const int Workers = 8, AtOnce = 2_000, MostTold = 40;
    private const long MostGrowth = 64 * 1024 * 1024;

    private static readonly int seed = (int)Number("SEED", 20260603);
    private static readonly long count = Number("COUNT", 1_500);

    private static readonly TimeSpan longest = TimeSpan.FromSeconds(60);

    private static readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly SortedDictionary<string, long> statuses = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> wrong = new(StringComparer.Ordinal);

    [Fact]
    public async Task no_changed_request_makes_the_service_fail()
    {
        app.Clock.Set(Scene.Now);
        var (first, state) = (Begun(), State);
        Tell($"seed {seed}, requests {first} to {count}");
        long warm = 0;
        for (var from = first; from < count; from += AtOnce)
        {
            var until = Math.Min(count, from + AtOnce);
            await Parallel.ForAsync(from, until, new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = TestContext.Current.CancellationToken }, Send);
            if (state is not null) await File.WriteAllTextAsync(state, $"{seed} {until}", TestContext.Current.CancellationToken);
            if (from == first || (until - first) % (50 * AtOnce) is 0 || until == count)
            {
                var held = GC.GetTotalMemory(forceFullCollection: true);
                if (from == first) warm = held;
                Tell(string.Create(CultureInfo.InvariantCulture, $"{until}: {held >> 20} MiB held, {Environment.WorkingSet >> 20} MiB resident, {wrong.Count} wrong"));
            }
        }

        var growth = GC.GetTotalMemory(forceFullCollection: true) - warm;
        Tell(string.Join(", ", statuses.Select(status => $"{status.Key}: {status.Value}")));
        Assert.True(wrong.Count is 0, $"seed {seed}\n{string.Join('\n', wrong.Values)}");
        Assert.InRange(growth, long.MinValue, MostGrowth);
        foreach (var status in (string[])["200", "400", "401", "403", "404", "405", "415"]) Assert.True(statuses.ContainsKey(status) || count - first < 1_000, status);
        Assert.True(statuses["200"] * 20 > count - first, "chance that is refused at the door every time, or never, would prove little");
    }

    private async ValueTask Send(long number, CancellationToken ct)
    {
        var mutant = new Mutant(seed, number, scene);
        HttpRequestMessage request;
        try
        {
            request = mutant.Request(app.Address, app.Key);
        }
        catch (Exception unsendable) when (unsendable is UriFormatException or FormatException or ArgumentException or InvalidOperationException)
        {
            Count("cannot be sent");
            return;
        }

        using (request)
        using (var whole = CancellationTokenSource.CreateLinkedTokenSource(ct))
        {
            whole.CancelAfter(longest);
            try
            {
                using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, whole.Token);
                var body = answer.Content.Headers.ContentType?.MediaType is "text/event-stream" ? "" : await Text(answer.Content, whole.Token);
                Count($"{(int)answer.StatusCode}");
                if (Fault(mutant, answer, body) is { } fault) Keep($"{mutant.Route} {(int)answer.StatusCode} {fault}", $"{number}: {fault} {(int)answer.StatusCode} to {mutant}\n   {body[..Math.Min(body.Length, 400)]}");
            }
            catch (HttpRequestException broken)
            {
                Keep($"{mutant.Route} no answer", $"{number}: no answer to {mutant}\n   {broken}");
            }
            catch (OperationCanceledException slow) when (!ct.IsCancellationRequested)
            {
                Keep($"{mutant.Route} slow", $"{number}: no answer within a minute to {mutant}\n   {slow.Message}");
            }
        }
    }

    private static async Task<string> Text(HttpContent content, CancellationToken ct)
    {
        await using var sent = await content.ReadAsStreamAsync(ct);
        await using var body = content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "gzip" => new GZipStream(sent, CompressionMode.Decompress),
            "br" => new BrotliStream(sent, CompressionMode.Decompress),
            _ => sent,
        };
        using var reader = new StreamReader(body);
        return await reader.ReadToEndAsync(ct);
    }

    private static string? Fault(Mutant mutant, HttpResponseMessage answer, string body)
    {
        var status = (int)answer.StatusCode;
        if (status < 400 || mutant.IsHead) return status >= 500 && status is not 503 ? "fails" : null;
        if (answer.Content.Headers.ContentLength is 0 && answer.Headers.ConnectionClose is true && status is 400 or 505) return null;   // no HTTP: the server closes at the door
        if (answer.Content.Headers.ContentType?.MediaType is not "application/problem+json") return "is no problem";
        var problem = JsonNode.Parse(body)!;
        if (status >= 500 && (status is not 503 || (string?)problem["code"] is not "unavailable" || answer.Headers.RetryAfter is null)) return "fails";
        return (int?)problem["status"] == status ? null : "tells another status";
    }

    private void Count(string what)
    {
        lock (statuses) statuses[what] = statuses.GetValueOrDefault(what) + 1;
    }

    private void Keep(string kind, string told)
    {
        lock (wrong)
            if (wrong.Count < MostTold) wrong.TryAdd(kind, told);
    }

    /// <summary>Where an earlier run of the same seed has come to.</summary>
    private static long Begun() =>
        State is { } state && File.Exists(state) && File.ReadAllText(state).Split(' ') is [var of, var done] && of == $"{seed}" ? long.Parse(done, CultureInfo.InvariantCulture) : 0;

    private static string? State => Environment.GetEnvironmentVariable("TRADING_FUZZ_STATE") is { Length: > 0 } file ? file : null;

    private static long Number(string name, long usual) =>
        Environment.GetEnvironmentVariable($"TRADING_FUZZ_{name}") is { Length: > 0 } given ? long.Parse(given, CultureInfo.InvariantCulture) : usual;

    private static void Tell(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
