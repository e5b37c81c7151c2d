using Trading.Log.Notes;

namespace Trading.Ops;

/// <summary>Makes a key file, for a log that changes its key or for a witness.</summary>
public static class LogKey
{
    public static readonly IReadOnlyDictionary<string, NoteAlgorithm> Algorithms = new Dictionary<string, NoteAlgorithm>
    {
        ["ed25519"] = NoteAlgorithm.Ed25519, ["cosignature"] = NoteAlgorithm.Cosignature, ["sm2"] = NoteAlgorithm.Sm2,
    };

    public static int Make(string file, string name, NoteAlgorithm algorithm)
    {
        try
        {
            Console.WriteLine(KeyFile.Create(file, name, algorithm));
            return 0;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"No key was made: {wrong.Message}");
            return 1;
        }
    }
}
