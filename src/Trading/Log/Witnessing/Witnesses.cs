using System.Globalization;
using System.Net;
using System.Text;
using Npgsql;
using Trading.Log.Notes;
using Trading.Merkle;
using Trading.Store;

namespace Trading.Log.Witnessing;

/// <summary>A witness that is asked.</summary>
/// <param name="Address">Its submission prefix, ending in a slash.</param>
public sealed record WitnessAddress(Uri Address, VerifierKey Key);

/// <summary>
/// Asks every witness to cosign the checkpoint on offer, each at its own pace; one that does not answer keeps nobody waiting, and is then
/// asked for the newest, not for those it has missed.
/// </summary>
public sealed partial class Witnesses(
    [FromKeyedServices(Pool.Upkeep)] NpgsqlDataSource database, PublishedHead head, LogKeys keys, LogSettings settings, IHttpClientFactory clients, ILogger<Witnesses> log) : BackgroundService
{
    public const string Client = "witness";

    /// <summary>An answer is some lines; more is not read.</summary>
    public const int MostAnswered = 16 * 1024;

    private readonly LogTiles tiles = new(database, TreeHash.Sha256);
    private readonly Offers offers = new(head);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll([offers.Choose(stoppingToken), .. settings.Witnesses.Select(w => Follow(w, stoppingToken))]);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // the service ends
        }
    }

    private async Task Follow(WitnessAddress witness, CancellationToken ct)
    {
        var patience = Patience.WithWitnesses(TimeProvider.System, failure => LogSilent(failure, witness.Key.Name));
        for (var cosigned = 0L; ; cosigned = await patience.ExecuteAsync(async token => await Ask(witness, cosigned, token), ct))
            await offers.Beyond(cosigned, ct);
    }

    /// <returns>The size that is cosigned now.</returns>
    /// <exception cref="HttpRequestException">It is not cosigned.</exception>
    private async Task<long> Ask(WitnessAddress witness, long older, CancellationToken ct)
    {
        var (checkpoint, text) = await Offered(ct);
        var (status, answer) = await Send(witness, checkpoint, text, older, ct);
        if (status is HttpStatusCode.Conflict && long.TryParse(answer.TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            && size != older && size <= checkpoint.Size)
            (status, answer) = await Send(witness, checkpoint, text, size, ct);   // once: a witness that always names another size is asked later

        if (status is not HttpStatusCode.OK) throw new HttpRequestException($"{witness.Key.Name} answered {(int)status}.", null, status);
        await Keep(witness, checkpoint, answer, ct);
        return checkpoint.Size;
    }

    private async Task<(HttpStatusCode, string)> Send(WitnessAddress witness, Checkpoint checkpoint, string text, long older, CancellationToken ct)
    {
        var proof = await tiles.Read(TreeHash.Sha256, checkpoint.Size, Proof.OfConsistency(older, checkpoint.Size), ct);
        using var client = clients.CreateClient(Client);
        using var content = new StringContent(new AddCheckpoint(older, proof, text).ToString());
        using var response = await client.PostAsync(new Uri(witness.Address, "add-checkpoint"), content, ct);
        return (response.StatusCode, Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(ct)));
    }

    private async Task<(Checkpoint, string)> Offered(CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select note from {LogSchema.Name}.checkpoint where tree = $1 and size = $2");
        command.Parameters.Add(new NpgsqlParameter { Value = TreeHash.Sha256.Name });
        var size = offers.Size;
        command.Parameters.Add(new NpgsqlParameter { Value = size });
        return await command.ExecuteScalarAsync(ct) is string text && keys.Main.Open(text, size) is { } checkpoint
            ? (checkpoint, text)
            : throw new InvalidDataException("The checkpoint on offer is signed by no key of ours.");
    }

    /// <summary>Keeps the witness's own line, and only if it holds: served with a wrong one, our checkpoint would be refused by all who know the witness.</summary>
    private async Task Keep(WitnessAddress witness, Checkpoint checkpoint, string lines, CancellationToken ct)
    {
        var own = lines.Split('\n').Select(line => NoteSignature.TryParse(line, out var signature) ? signature : null)
            .FirstOrDefault(s => s is not null && s.Name == witness.Key.Name && s.KeyId == witness.Key.Id);
        if (own is null || !witness.Key.HasSigned(new SignedNote(checkpoint.Text, [own])))
            throw new HttpRequestException($"{witness.Key.Name} answered with no cosignature of its own.");
        await using var command = database.CreateCommand(
            $"insert into {LogSchema.Name}.cosignature (tree, size, witness, line) values ($1, $2, $3, $4) on conflict do nothing");
        command.Parameters.Add(new NpgsqlParameter { Value = TreeHash.Sha256.Name });
        command.Parameters.Add(new NpgsqlParameter { Value = checkpoint.Size });
        command.Parameters.Add(new NpgsqlParameter { Value = witness.Key.Name });
        command.Parameters.Add(new NpgsqlParameter { Value = own.ToString() });
        await command.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(LogLevel.Warning, "The witness {Witness} did not cosign and is asked again.")]
    private partial void LogSilent(Exception passing, string witness);
}
