using System.Globalization;
using Marten;
using Npgsql;
using Trading.Log.Notes;
using Trading.Log.Verifying;
using Trading.Merkle;
using Trading.Ops.Verifying;
using Trading.Vault;

namespace Trading.Ops;

/// <summary>Checks a log from outside: its files alone, or with them the database. Nothing is changed.</summary>
public static class Verification
{
    private const string Sm3 = "sm3";

    /// <returns>0 when all is in order, 1 when something was found, 2 when it could not be asked.</returns>
    public static async Task<int> Run(string[] arguments)
    {
        if (Request.Of(arguments) is not { } request) return Refuse("verify DIRECTORY VKEY... [--keys DIRECTORY] [--older FILE]... [--witness VKEY]... [--database [--vault DIRECTORY]]");
        if (!Directory.Exists(request.Directory)) return Refuse($"There is no directory {request.Directory}.");
        var keys = new List<VerifierKey>();
        var witnesses = new List<VerifierKey>();
        foreach (var (text, kept) in request.Keys.Select(k => (k, keys)).Concat(request.Witnesses.Select(w => (w, witnesses))))
        {
            if (!VerifierKey.TryParse(text, out var key)) return Refuse($"{text} is no key.");
            kept.Add(key);
        }

        try
        {
            if (request.OwnKeys is { } own)
                keys.AddRange(Directory.EnumerateFiles(own, $"*{KeyFile.Extension}").Order(StringComparer.Ordinal).Select(KeyFile.Read).Select(s => s.Key));
            if (keys.All(key => key.Algorithm is not NoteAlgorithm.Ed25519)) return Refuse("No key of the log was given.");
            var older = new List<(string, string)>();
            foreach (var file in request.Older) older.Add((file, await File.ReadAllTextAsync(file)));
            return await Check(request, keys, witnesses, older);
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException or InvalidDataException or NpgsqlException)
        {
            return Refuse(unread.Message);
        }
    }

    private static async Task<int> Check(
        Request request, List<VerifierKey> keys, List<VerifierKey> witnesses, List<(string, string)> older)
    {
        var findings = new Findings();
        var trees = new List<CheckedTree> { new(TreeHash.Sha256, "", [.. keys.Where(k => k.Algorithm is NoteAlgorithm.Ed25519)]) };
        if (Directory.Exists(Path.Combine(request.Directory, Sm3)))
        {
            if (keys.Any(k => k.Algorithm is NoteAlgorithm.Sm2)) trees.Add(new CheckedTree(TreeHash.Sm3, Sm3, [.. keys.Where(k => k.Algorithm is NoteAlgorithm.Sm2)]));
            else Console.WriteLine("The tree in sm3 is not checked: its key was not given.");
        }

        var published = new PublishedLog(request.Directory, trees, witnesses);
        await published.Check(older, findings, CancellationToken.None);
        if (request.Database && published.Checkpoint is not null)
        {
            var settings = Settings.Read(Composition.Configuration());
            await using var owner = NpgsqlDataSource.Create(settings.Migration);
            await using var services = Composition.Store(settings with { Database = settings.Migration }).BuildServiceProvider();
            var recorded = new RecordedDatabase(
                services.GetRequiredService<IDocumentStore>(), owner, published, witnesses, request.Vault is { } vault ? VaultKeys.ReadAll(vault) : null);
            await recorded.Check(findings, CancellationToken.None);
            foreach (var remark in recorded.Remarks) Console.WriteLine(remark);
        }

        foreach (var finding in findings.Told) Console.WriteLine(finding);
        if (findings.Count > findings.Told.Count) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {findings.Count - findings.Told.Count} more"));
        Console.WriteLine(findings.Count is 0
            ? string.Create(CultureInfo.InvariantCulture, $"{published.Size} entries, root {Convert.ToBase64String(published.Checkpoint!.Root)}: all in order")
            : string.Create(CultureInfo.InvariantCulture, $"{findings.Count} findings"));
        return findings.Count is 0 ? 0 : 1;
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 2;
    }

    /// <param name="OwnKeys">A directory of private keys, of which the public halves are used.</param>
    /// <param name="Vault">The directory of the vault's keys.</param>
    private sealed record Request(
        string Directory, IReadOnlyList<string> Keys, string? OwnKeys, IReadOnlyList<string> Older, IReadOnlyList<string> Witnesses, bool Database, string? Vault)
    {
        public static Request? Of(ReadOnlySpan<string> arguments)
        {
            var (names, older, witnesses, own, vault, database) = (new List<string>(), new List<string>(), new List<string>(), (string?)null, (string?)null, false);
            while (arguments is [var argument, .. var rest])
            {
                arguments = rest;
                if (argument is "--database") database = true;
                else if (argument is "--older" or "--witness" or "--keys" or "--vault")
                {
                    if (rest is not [var value, .. var after]) return null;
                    arguments = after;
                    if (argument is "--older") older.Add(value);
                    else if (argument is "--witness") witnesses.Add(value);
                    else if (argument is "--vault") vault = value;
                    else own = value;
                }
                else if (argument.StartsWith('-')) return null;
                else names.Add(argument);
            }

            return names is [var directory, .. var keys] ? new Request(directory, keys, own, older, witnesses, database, vault) : null;
        }
    }
}
