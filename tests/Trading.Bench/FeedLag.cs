using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Trading.Bench;

/// <summary>
/// How far the feed is behind: from the moment a client has the answer to its posting, which is sent when it is committed, to the moment a
/// reader of the stream has the event. Postings come at a steady rate, whether or not those before have been answered.
/// </summary>
internal static class FeedLag
{
    private const int PerSecond = 200;
    private const int Workers = 32;
    private static readonly TimeSpan warmth = TimeSpan.FromSeconds(3), patience = TimeSpan.FromSeconds(60);

    public static async Task<string> Run(Service service, Pace pace)
    {
        var connections = await Connection.Open(service.Address, Workers);
        using var end = new CancellationTokenSource();
        var arrivals = new ConcurrentDictionary<string, long>();
        var listening = Listen(service.Address, arrivals, end.Token);
        await Post(service, connections, pace == Pace.Full ? warmth : pace.Steady);
        await service.Settle();

        var began = Stopwatch.GetTimestamp();
        var answers = await Post(service, connections, pace.Steady);
        var elapsed = Stopwatch.GetElapsedTime(began);
        while (!answers.All(answer => arrivals.ContainsKey(answer.Event)))
        {
            if (Stopwatch.GetElapsedTime(began) > elapsed + patience) throw new TimeoutException("Not every event arrived.");
            await Task.Delay(50);
        }

        await end.CancelAsync();
        await listening;
        foreach (var connection in connections) connection.Dispose();

        var lags = answers.Select(answer => Math.Max(0, Stopwatch.GetElapsedTime(answer.At, arrivals[answer.Event]).TotalMilliseconds)).Order().ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"feed-lag: {lags.Count:N0} events at {lags.Count / elapsed.TotalSeconds:N0} per s; from the answer to the reader of the stream "
            + $"p50 {Percentile(lags, 0.50):N0} ms, p99 {Percentile(lags, 0.99):N0} ms, most {lags[^1]:N0} ms");
    }

    private static double Percentile(List<double> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))];

    /// <summary>Posts at the rate for so long; which event each made, and when its answer was there.</summary>
    private static async Task<IReadOnlyList<(string Event, long At)>> Post(Service service, Connection[] connections, TimeSpan length)
    {
        var answers = new ConcurrentBag<(string, long)>();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(connections.Select((connection, worker) => Task.Run(async () =>
        {
            for (var i = worker; i < PerSecond * length.TotalSeconds; i += Workers)
            {
                var early = TimeSpan.FromSeconds((double)i / PerSecond) - Stopwatch.GetElapsedTime(began);
                if (early > TimeSpan.Zero) await Task.Delay(early);
                if (await connection.Ask(Notices.Registration(service)) is not 201) throw new InvalidOperationException($"Not recorded: {connection.Answer}");
                answers.Add((EventId(connection.Answer), Stopwatch.GetTimestamp()));
            }
        })));
        return [.. answers];
    }

    private static async Task Listen(Uri service, ConcurrentDictionary<string, long> arrivals, CancellationToken end)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(service, "/v1/changes/stream"), HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(CancellationToken.None));
        try
        {
            while (await lines.ReadLineAsync(end) is { } line)
            {
                if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
                var at = Stopwatch.GetTimestamp();
                arrivals[JsonDocument.Parse(line[6..]).RootElement.GetProperty("eventId").GetString()!] = at;
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // everything has arrived
        }
    }

    private static string EventId(string answer)
    {
        using var receipt = JsonDocument.Parse(answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)]);
        return receipt.RootElement.GetProperty("events")[0].GetProperty("eventId").GetString()!;
    }
}
