using System.Text;
using Trading.Tests.Harness;

namespace Trading.Tests.Faults;

/// <summary>What clients were told is recorded, on their own disk before they go on.</summary>
internal sealed class Ledger : IDisposable
{
    private readonly FileStream file;
    private readonly string path;
    private readonly Lock gate = new();
    private int count;

    public Ledger(string path) => (this.path, file) = (path, new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read));

    /// <summary>Posts that were acknowledged.</summary>
    public int Count => Volatile.Read(ref count);

    public void Acknowledge(string key, IEnumerable<Guid> events)
    {
        lock (gate)
        {
            file.Write(Encoding.UTF8.GetBytes($"{key} {string.Join(' ', events)}\n"));
            file.Flush(flushToDisk: true);
            count++;
        }
    }

    /// <summary>Waits until so many more posts were acknowledged.</summary>
    /// <param name="posting">What posts them; its failure is the caller's.</param>
    public async Task More(int more, Task posting)
    {
        var enough = Count + more;
        await Eventually.True(() => Task.FromResult(Count >= enough || posting.IsFaulted), seconds: 120);
        if (posting.IsFaulted) await posting;
    }

    /// <summary>The events of each key, read back.</summary>
    public IReadOnlyList<(string Key, IReadOnlyList<Guid> Events)> Read() =>
        [.. File.ReadLines(path).Select(line => line.Split(' ')).Select(words => (words[0], (IReadOnlyList<Guid>)[.. words[1..].Select(Guid.Parse)]))];

    public void Dispose() => file.Dispose();
}
