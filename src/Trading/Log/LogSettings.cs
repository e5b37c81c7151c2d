using Trading.Log.Witnessing;

namespace Trading.Log;

/// <summary>How the log is kept.</summary>
/// <param name="Database">The connection the one that sequences keeps for itself.</param>
/// <param name="Origin">Its name in checkpoints: its address without scheme, such as <c>trading.example.org/log</c>.</param>
/// <param name="Directory">Of the published files, in <c>public</c>.</param>
/// <param name="Keys">The directory of the keys that sign.</param>
/// <param name="Fence">The directory of the last published checkpoints; better on another volume than the database.</param>
/// <param name="Sm3">Whether a second tree is kept with SM3 and signed with SM2.</param>
/// <param name="Sequences">Whether this node may be the one that sequences; the others only serve.</param>
public sealed record LogSettings(
    string Database, string Origin, string Directory, string Keys, string Fence, bool Sm3, bool Sequences)
{
    /// <summary>Who is asked to cosign.</summary>
    public IReadOnlyList<WitnessAddress> Witnesses { get; init; } = [];

    /// <summary>How long they may keep us waiting.</summary>
    public Overdue Overdue { get; init; } = Overdue.Usual;

    /// <summary>Whether witnesses and the authority may have addresses that are not reached over the internet.</summary>
    public bool AllowsPrivate { get; init; }

    /// <summary>The authority that stamps a checkpoint a day (RFC 3161); null when there is none.</summary>
    public Uri? Tsa { get; init; }
}
