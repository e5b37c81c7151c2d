using System.ComponentModel.DataAnnotations;
using Trading.Log.Notes;

namespace Trading.Ops;

/// <summary>Everything that is configured of a witness, checked before it starts.</summary>
/// <param name="Directory">Where the last checkpoint of each log is kept.</param>
/// <param name="Logs">The keys of the logs it cosigns.</param>
public sealed record WitnessSettings(INoteSigner Signer, string Directory, IReadOnlyList<VerifierKey> Logs)
{
    /// <exception cref="ValidationException">With one line for each setting that is missing or wrong.</exception>
    public static WitnessSettings Read(IConfigurationSection section)
    {
        var wrong = new List<string>();
        var (name, directory) = (section["Name"] ?? "", section["Directory"] ?? "");
        if (!NoteSignature.IsName(name)) wrong.Add("Witness:Name must be its name in cosignatures, an address without scheme, without blanks and plus signs.");
        if (directory.Length is 0) wrong.Add("Witness:Directory must name the directory where it remembers what it cosigned.");
        var signer = ReadKey(section["Key"] ?? "", name, wrong);
        var logs = new List<VerifierKey>();
        foreach (var entry in section.GetSection("Logs").GetChildren())
        {
            if (VerifierKey.TryParse(entry.Value ?? "", out var key) && key.Algorithm is NoteAlgorithm.Ed25519) logs.Add(key);
            else wrong.Add($"Witness:Logs:{entry.Key} must be the Ed25519 key of a log, as its /log/keys tells it: name+id+key.");
        }

        if (logs.Count is 0 && wrong.Count is 0) wrong.Add("Witness:Logs must name at least one log, by its key.");
        return wrong.Count is 0 ? new WitnessSettings(signer!, directory, logs) : throw new ValidationException(string.Join(Environment.NewLine, wrong));
    }

    private static INoteSigner? ReadKey(string file, string name, List<string> wrong)
    {
        if (!File.Exists(file))
        {
            wrong.Add("Witness:Key must name a key file, as 'log-key FILE NAME cosignature' makes it.");
            return null;
        }

        try
        {
            var signer = KeyFile.Read(file);
            if (signer.Key.Algorithm is NoteAlgorithm.Cosignature && signer.Key.Name == name) return signer;
            wrong.Add("Witness:Key must hold a key for cosignatures of the name Witness:Name.");
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            wrong.Add($"Witness:Key cannot be used: {unreadable.Message}");
        }

        return null;
    }
}
