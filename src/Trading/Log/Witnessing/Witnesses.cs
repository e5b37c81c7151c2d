using System.Globalization;
using Npgsql;
using Polly;
using Trading.Log.Notes;
using Trading.Merkle;

namespace Trading.Log.Witnessing;

/// <summary>A witness that is asked.</summary>
/// <param name="Address">Its submission prefix.</param>
public sealed record WitnessAddress(Uri Address, VerifierKey Key);

/// <summary>Asks every witness to cosign the newest checkpoint, each at its own pace; one that does not answer keeps nobody waiting.</summary>
public sealed partial class Witnesses(
    NpgsqlDataSource database, PublishedHead head, LogKeys keys, IReadOnlyList<WitnessAddress> witnesses, IHttpClientFactory clients,
    ResiliencePipeline pipeline, ILogger<Witnesses> log) : BackgroundService
{
    public const string Client = "witness";
    private static readonly TimeSpan calm = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(witnesses.Select(w => Follow(w, stoppingToken)));

    private async Task Follow(WitnessAddress witness, CancellationToken ct)
    {
        var cosigned = -1L;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await head.Reach(cosigned, calm, ct);
                if (head.Current is { } current && current.Size > cosigned)
                    cosigned = await pipeline.ExecuteAsync(async token => await Ask(witness, Math.Max(cosigned, 0), token), ct);
            }
            catch (Exception passing) when (passing is HttpRequestException or NpgsqlException or TimeoutException or TaskCanceledException && !ct.IsCancellationRequested)
            {
                LogSilent(passing, witness.Key.Name);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <returns>The size that is cosigned now.</returns>
    private async Task<long> Ask(WitnessAddress witness, long older, CancellationToken ct)
    {
        while (true)
        {
            var (checkpoint, text) = await Newest(ct);
            var proof = await new LogTiles(database, TreeHash.Sha256).Read(TreeHash.Sha256, checkpoint.Size, Proof.OfConsistency(older, checkpoint.Size), ct);
            using var client = clients.CreateClient(Client);
            using var content = new StringContent(new AddCheckpoint(older, proof, text).ToString());
            using var response = await client.PostAsync(new Uri(witness.Address, "add-checkpoint"), content, ct);
            var answer = await response.Content.ReadAsStringAsync(ct);
            if ((int)response.StatusCode is 409
                && long.TryParse(answer.TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size != older && size <= checkpoint.Size)
            {
                older = size;
                continue;
            }

            if (!response.IsSuccessStatusCode) throw new HttpRequestException($"{witness.Key.Name} answered {(int)response.StatusCode}: {answer}");
            await Keep(witness, checkpoint, text, answer, ct);
            return checkpoint.Size;
        }
    }

    private async Task<(Checkpoint, string)> Newest(CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select note from {LogSchema.Name}.checkpoint where tree = $1 order by size desc limit 1");
        command.Parameters.Add(new NpgsqlParameter { Value = TreeHash.Sha256.Name });
        var text = (string)(await command.ExecuteScalarAsync(ct))!;
        return (keys.Main.Open(text)!, text);
    }

    private async Task Keep(WitnessAddress witness, Checkpoint checkpoint, string text, string lines, CancellationToken ct)
    {
        if (!SignedNote.TryParse(text + lines, out var note) || !witness.Key.HasSigned(note))
            throw new HttpRequestException($"{witness.Key.Name} answered with a cosignature that is not its own.");
        await using var command = database.CreateCommand(
            $"insert into {LogSchema.Name}.cosignature (tree, size, witness, line) values ($1, $2, $3, $4) on conflict do nothing");
        command.Parameters.Add(new NpgsqlParameter { Value = TreeHash.Sha256.Name });
        command.Parameters.Add(new NpgsqlParameter { Value = checkpoint.Size });
        command.Parameters.Add(new NpgsqlParameter { Value = witness.Key.Name });
        command.Parameters.Add(new NpgsqlParameter { Value = note.Signatures.First(s => s.Name == witness.Key.Name && s.KeyId == witness.Key.Id).ToString() });
        await command.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(LogLevel.Warning, "The witness {Witness} did not cosign.")]
    private partial void LogSilent(Exception passing, string witness);
}
