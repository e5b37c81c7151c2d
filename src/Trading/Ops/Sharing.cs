using System.ComponentModel.DataAnnotations;
using Npgsql;
using Trading.Log;
using Trading.Log.Notes;
using Trading.Log.Publishing;
using Trading.Vault;

namespace Trading.Ops;

/// <summary>
/// What all nodes on one database must have alike, compared through the database before a node starts, and before keys would be made that
/// are not those of the others.
/// </summary>
public static class Sharing
{
    private const int SecondsForDatabase = 5;

    /// <exception cref="ValidationException">With one line for each directory that is not that of the other nodes.</exception>
    public static async Task Check(Settings settings)
    {
        var wrong = new List<string>();
        try
        {
            await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(settings.Database) { Timeout = SecondsForDatabase, Pooling = false });
            CheckKeys(settings.Log!, await Texts(database, $"select note from {LogSchema.Name}.checkpoint where tree = 'sha256' order by size desc limit {PublishedTree.MostPassedOver}"), wrong);
            if (await Texts(database, $"select key from {VaultSchema.Name}.opening limit 1") is [var key] && VaultKeys.FingerprintsIn(settings.Vault!) is [])
                wrong.Add($"Vault:Keys has no key, but {key} has encrypted personal data in this database. All nodes share Vault:Keys; where it is lost, make a new key as ops/vault.md says.");
        }
        catch (NpgsqlException)
        {
            // it starts without a database too; the log compares signatures again, and the vault its keys, once there is one
        }

        if (wrong.Count > 0) throw new ValidationException(string.Join(Environment.NewLine, wrong));
    }

    /// <param name="texts">The newest checkpoints. Rows that are no notes are skipped here and reported by <c>ops/verify --database</c>.</param>
    private static void CheckKeys(LogSettings log, IReadOnlyList<string> texts, List<string> wrong)
    {
        var notes = new List<(SignedNote Note, string Origin)>();
        foreach (var text in texts)
            if (SignedNote.TryParse(text, out var note) && Checkpoint.TryParse(note.Text, out var checkpoint)) notes.Add((note, checkpoint.Origin));
        var signers = LogKeys.SignersIn(log.Keys).ToList();
        var own = notes.Where(found => found.Origin == log.Origin).ToList();
        if (notes is [var (_, origin), ..] && own is [])
            wrong.Add($"Log:Origin is {log.Origin}, but what was published last in this database is of {origin}. All nodes share Log:Origin; a new log begins as ops/log.md says.");
        else if (own is [var (last, _), ..] && !own.Exists(found => signers.Exists(signer => signer.Key.HasSigned(found.Note))))
            wrong.Add($"Log:Keys has none of the keys that signed the last checkpoint in this database, {string.Join(", ", last.Signatures.Select(s => $"{s.Name}+{s.KeyId:x8}"))}. All nodes share Log:Keys.");
    }

    private static async Task<IReadOnlyList<string>> Texts(NpgsqlDataSource database, string question)
    {
        await using var command = database.CreateCommand(question);
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync()) texts.Add(reader.GetString(0));
        return texts;
    }
}
