namespace Trading.Log.Verifying;

/// <summary>What a verification found wrong, in the order of the log.</summary>
public sealed class Findings
{
    private const int MostTold = 100;
    private readonly List<string> told = [];

    public int Count { get; private set; }

    public IReadOnlyList<string> Told => told;

    public void Add(string finding)
    {
        if (Count++ < MostTold) told.Add(finding);
    }
}
