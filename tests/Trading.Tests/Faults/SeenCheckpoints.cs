using System.Net;
using Trading.Log.Notes;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Faults;

/// <summary>Somebody who asks for the checkpoint again and again and keeps every one he is shown.</summary>
internal sealed class SeenCheckpoints
{
    private static readonly TimeSpan pace = TimeSpan.FromMilliseconds(100);
    private readonly List<(Checkpoint Checkpoint, string Note)> seen = [];
    private bool wasDown;

    public int Count => seen.Count;

    /// <summary>Every one of another size, in the order in which they were shown; without that of the empty log, which every log continues.</summary>
    public IReadOnlyList<string> Notes => [.. seen.Where(s => s.Checkpoint.Size > 0).Select(s => s.Note)];

    public async Task Watch(Client anyone, Task end, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(pace);
        while (!end.IsCompleted)
        {
            try
            {
                var answer = await anyone.Get("/log/checkpoint");
                if (answer.Status is HttpStatusCode.OK) Keep(answer.Body);
            }
            catch (Exception down) when (down is HttpRequestException or IOException)
            {
                wasDown = true;
            }

            await timer.WaitForNextTickAsync(ct);
        }
    }

    /// <summary>
    /// A log that grows: never another root for the same size, and never shorter, unless the node has been down and knows nothing but its
    /// files yet.
    /// </summary>
    private void Keep(string text)
    {
        Checkpoint? checkpoint = null;
        Assert.True(SignedNote.TryParse(text, out var note) && Checkpoint.TryParse(note.Text, out checkpoint), text);
        if (seen is [.., var last])
        {
            Assert.True(wasDown || checkpoint!.Size >= last.Checkpoint.Size, $"a checkpoint of {checkpoint!.Size} entries after one of {last.Checkpoint.Size}");
            if (checkpoint!.Size < last.Checkpoint.Size) return;
            wasDown = false;
            if (checkpoint.Size == last.Checkpoint.Size)
            {
                Assert.Equal(last.Checkpoint.Text, checkpoint.Text);
                return;
            }
        }

        seen.Add((checkpoint!, text));
    }
}
