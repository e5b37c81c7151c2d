using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Trading.Tests.Harness;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Faults;

/// <summary>Centres that post procedures with their plans one after the other, and repeat each post with its own key until it is acknowledged.</summary>
/// <param name="publisher">How each is to reach the service.</param>
internal sealed class PersistentClients(Client publisher, Ledger ledger)
{
    private const int Count = 8, PlansEach = 4;
    private static readonly TimeSpan beforeRepeating = TimeSpan.FromMilliseconds(100);

    private int keys, doubtful, recordedBefore;

    /// <summary>Answers that were neither: by what was the matter with the database, by status, or by what cut them off.</summary>
    public ConcurrentDictionary<string, int> Doubts { get; } = new();

    /// <summary>How often a post was answered without being acknowledged, or cut off.</summary>
    public int Refused => Doubts.Values.Sum();

    /// <summary>Posts of which it was unknown, for a while, whether they were recorded.</summary>
    public int Doubtful => doubtful;

    /// <summary>Those of them that had been.</summary>
    public int RecordedBefore => recordedBefore;

    /// <summary>Posts until told to end, and then ends what was begun.</summary>
    public Task Post(Task end, CancellationToken ct) => Task.WhenAll(Enumerable.Range(0, Count).Select(_ => Task.Run(
        async () =>
        {
            while (!end.IsCompleted)
            {
                var procedure = (string)(await Post("/v1/procedures", Posted.Body, ct))["procedureId"]!;
                for (var plan = 0; plan < PlansEach && !end.IsCompleted; plan++) await Post($"/v1/procedures/{procedure}/plan", Posted.Plan, ct);
            }
        }, ct)));

    private async Task<JsonNode> Post(string path, string body, CancellationToken ct)
    {
        var key = $"fault-{Interlocked.Increment(ref keys).ToString(CultureInfo.InvariantCulture)}";
        using var repeat = new PeriodicTimer(beforeRepeating);
        for (var inDoubt = false; ; await repeat.WaitForNextTickAsync(ct))
        {
            var (receipt, repeated, doubt) = await Try(path, body, key);
            if (doubt is not null)
            {
                Doubts.AddOrUpdate(doubt, 1, (_, count) => count + 1);
                inDoubt = true;
            }

            if (receipt is null) continue;
            if (inDoubt) Interlocked.Increment(ref doubtful);
            if (repeated) Interlocked.Increment(ref recordedBefore);
            Assert.True(inDoubt || !repeated, $"{key} was answered before it was asked");
            ledger.Acknowledge(key, receipt["events"]!.AsArray().Select(e => Guid.Parse((string)e!["eventId"]!)));
            return receipt;
        }
    }

    /// <returns>The receipt, or why it is unknown whether there is one; neither when nothing can have been recorded.</returns>
    private async Task<(JsonNode? Receipt, bool Repeated, string? Doubt)> Try(string path, string body, string key)
    {
        try
        {
            var answer = await publisher.PostText(path, body, ("Idempotency-Key", $"\"{key}\""));
            if (answer.Status is HttpStatusCode.Created) return (answer.Json, answer.Headers.ContainsKey("Idempotency-Replayed"), null);
            Assert.True(answer.Code is "unavailable" or "in-flight" or "rate-limited", $"{(int)answer.Status} {answer.Body}");
            return (null, false, (string?)answer.Json["facts"]?["database"] ?? $"{(int)answer.Status}");
        }
        catch (HttpRequestException refused) when (refused.HttpRequestError is HttpRequestError.ConnectionError)
        {
            return (null, false, null);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            return (null, false, cut is HttpRequestException { HttpRequestError: var error } ? error.ToString() : cut.GetType().Name);
        }
    }
}
