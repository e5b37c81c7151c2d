using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Trading.Tests.Harness;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Faults;

/// <summary>Centres that post procedures with their plans one after the other, and repeat each post with its own key until it is acknowledged.</summary>
/// <param name="nodes">How each is to reach the nodes of the service, which answer by turns: each takes posts of its own, and repetitions of what the other was asked.</param>
internal sealed class PersistentClients(IReadOnlyList<Client> nodes, Ledger ledger)
{
    private const int Count = 8, PlansEach = 4;
    private static readonly TimeSpan beforeRepeating = TimeSpan.FromMilliseconds(100), pause = TimeSpan.FromMilliseconds(40);   // the rest is for those who come back

    /// <summary>What a node answers whose clock has not come to the day of the token yet.</summary>
    public const string Unauthenticated = "unauthenticated";

    private int keys, doubtful, recordedBefore;

    public PersistentClients(Client publisher, Ledger ledger) : this([publisher], ledger)
    {
    }

    /// <summary>Answers that were neither: by what was the matter with the database, by status, or by what cut them off.</summary>
    public ConcurrentDictionary<string, int> Doubts { get; } = new();

    /// <summary>How often a post was answered without being acknowledged, or cut off.</summary>
    public int Refused => Doubts.Values.Sum();

    /// <summary>Posts of which it was unknown, for a while, whether they were recorded.</summary>
    public int Doubtful => doubtful;

    /// <summary>Those of them that had been.</summary>
    public int RecordedBefore => recordedBefore;

    /// <summary>How many posts each node has acknowledged, by its place among them.</summary>
    public ConcurrentDictionary<int, int> AcknowledgedBy { get; } = new();

    /// <summary>Posts until told to end, and then ends what was begun; or until a post fails.</summary>
    public async Task Post(Task end, CancellationToken ct)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task[] all = [.. Enumerable.Range(0, Count).Select(_ => Task.Run(() => PostProcedures(end, failed.Token), failed.Token))];
        try
        {
            await foreach (var one in Task.WhenEach(all)) await one;
        }
        finally
        {
            await failed.CancelAsync();
            await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);   // nobody posts to what is being taken down
        }
    }

    private async Task PostProcedures(Task end, CancellationToken ct)
    {
        using var pace = new PeriodicTimer(pause);
        while (!end.IsCompleted)
        {
            await pace.WaitForNextTickAsync(ct);
            var procedure = (string)(await Post("/v1/procedures", Posted.Body, ct))["procedureId"]!;
            for (var plan = 0; plan < PlansEach && !end.IsCompleted && await pace.WaitForNextTickAsync(ct); plan++) await Post($"/v1/procedures/{procedure}/plan", Posted.Plan, ct);
        }
    }

    private async Task<JsonNode> Post(string path, string body, CancellationToken ct)
    {
        var turn = Interlocked.Increment(ref keys);
        var key = $"fault-{turn.ToString(CultureInfo.InvariantCulture)}";
        using var repeat = new PeriodicTimer(beforeRepeating);
        for (var inDoubt = false; ; await repeat.WaitForNextTickAsync(ct), turn++)
        {
            var node = turn % nodes.Count;
            var (receipt, repeated, doubt) = await Try(nodes[node], path, body, key);
            if (doubt is not null)
            {
                Doubts.AddOrUpdate(doubt, 1, (_, count) => count + 1);
                inDoubt = true;
            }

            if (receipt is null) continue;
            if (inDoubt) Interlocked.Increment(ref doubtful);
            if (repeated) Interlocked.Increment(ref recordedBefore);
            Assert.True(inDoubt || !repeated, $"{key} was answered before it was asked");
            AcknowledgedBy.AddOrUpdate(node, 1, (_, count) => count + 1);
            ledger.Acknowledge(key, receipt["events"]!.AsArray().Select(e => Guid.Parse((string)e!["eventId"]!)));
            return receipt;
        }
    }

    /// <returns>The receipt, or why it is unknown whether there is one; neither when nothing can have been recorded.</returns>
    private static async Task<(JsonNode? Receipt, bool Repeated, string? Doubt)> Try(Client publisher, string path, string body, string key)
    {
        try
        {
            var answer = await publisher.PostText(path, body, ("Idempotency-Key", $"\"{key}\""));
            if (answer.Status is HttpStatusCode.Created) return (answer.Json, answer.Headers.ContainsKey("Idempotency-Replayed"), null);
            Assert.True(answer.Code is "unavailable" or "in-flight" or "rate-limited" or Unauthenticated, $"{(int)answer.Status} {answer.Body}");
            return (null, false, (string?)answer.Json["facts"]?["database"] ?? answer.Code);
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
