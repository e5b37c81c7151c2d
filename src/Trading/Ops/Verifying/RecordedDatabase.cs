using System.Data;
using System.Globalization;
using Marten;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Trading.Log.Notes;
using Trading.Log.Verifying;
using Trading.Store;
using Trading.Store.Schema;
using Trading.Vault;

namespace Trading.Ops.Verifying;

/// <summary>
/// Checks everything a database holds against the published log and against itself: events and log, vault, views, stored answers. Nothing is
/// changed, and all of it is read in one snapshot, so that a running service may go on.
/// </summary>
/// <param name="store">Opened as the owner.</param>
/// <param name="database">Opened as the owner.</param>
/// <param name="keys">Of the vault; null when its openings and what is made of them are not to be checked.</param>
public sealed class RecordedDatabase(IDocumentStore store, NpgsqlDataSource database, PublishedLog published, IReadOnlyList<VerifierKey> witnesses, VaultKeys? keys)
{
    private readonly List<string> remarks = [];

    /// <summary>What was not checked, and why.</summary>
    public IReadOnlyList<string> Remarks => remarks;

    public async Task Check(Findings findings, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await using (var trial = new NpgsqlCommand(ClockSchema.IsTrial, connection))
            if (await trial.ExecuteScalarAsync(ct) is true) remarks.Add("The database is one of trials: when its events were recorded is not checked.");

        await new RecordedLog(connection, published, witnesses).Check(findings, ct);
        await new RecordedVault(connection, keys).Check(findings, ct);
        var unprovable = await new RecordedAnswers(connection).Check(findings, ct);
        var waiting = (await ViewVersions.Read(database, ct)).Where(view => !view.Value.IsBuilt).Select(view => view.Key).Order(StringComparer.Ordinal).ToList();
        var views = new RecordedViews(store, snapshot, keys is null ? null : new PersonalVault(database, keys, NullLogger<PersonalVault>.Instance), waiting);
        await views.Check(findings, ct);

        if (keys is null) remarks.Add("What the vault holds is not decrypted: its keys were not given.");
        if (views.LeftOut is [_, ..] leftOut) remarks.Add($"Not checked without the keys of the vault: {string.Join(", ", leftOut)}.");
        if (waiting.Count > 0) remarks.Add($"Not checked, for they wait for a rebuild: {string.Join(", ", waiting)}.");
        if (unprovable > 0)
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{unprovable} stored answers are of before their digests were recorded with the events; they cannot be proved."));
    }
}
