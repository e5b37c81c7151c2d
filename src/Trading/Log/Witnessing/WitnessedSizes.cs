using System.Globalization;
using System.Net;
using Trading.Log.Notes;

namespace Trading.Log.Witnessing;

/// <summary>
/// Asks witnesses how much of the log they have cosigned, before a node leads: they remember a checkpoint that neither the database nor
/// this node's fence may know any more. One that does not answer is not waited for.
/// </summary>
public sealed class WitnessedSizes(LogSettings settings, IHttpClientFactory clients)
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(3);

    /// <param name="published">What this node knows to be published.</param>
    /// <exception cref="LogStoppedException">A witness has cosigned more, or something else.</exception>
    public async Task Check(Checkpoint published, SignedNote note, CancellationToken ct)
    {
        foreach (var (witness, size) in await Task.WhenAll(settings.Witnesses.Select(witness => Ask(witness, published, note, ct))))
        {
            if (size > published.Size)
                throw new LogStoppedException($"The witness {witness} has cosigned {size} entries of {published.Origin}, but this node knows of {published.Size}: its database and its fence are older.");
            if (size == published.Size)
                throw new LogStoppedException($"The witness {witness} has cosigned another checkpoint of {size} entries of {published.Origin}.");
        }
    }

    /// <returns>What it has cosigned instead; null where that is this very checkpoint, or nobody answers.</returns>
    private async Task<(string Witness, long? Size)> Ask(WitnessAddress witness, Checkpoint published, SignedNote note, CancellationToken ct)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(ct);
        bound.CancelAfter(patience);
        try
        {
            using var client = clients.CreateClient(Witnesses.Client);
            using var content = new StringContent(new AddCheckpoint(published.Size, [], note.ToString()).ToString());
            using var response = await client.PostAsync(new Uri(witness.Address, "add-checkpoint"), content, bound.Token);
            var answer = await response.Content.ReadAsStringAsync(bound.Token);
            return (witness.Key.Name, response.StatusCode is HttpStatusCode.Conflict
                && long.TryParse(answer.TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null);
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return (witness.Key.Name, null);
        }
    }
}
