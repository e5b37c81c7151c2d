using System.Diagnostics;
using System.Globalization;
using Trading.Log;
using Trading.Merkle;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Log.Publishing;

/// <summary>A log that reaches beyond 256 · 256 entries, where its tree gains a third row of tiles, before code that we did not write.</summary>
public sealed class LargeLogTests
{
    private const int Seed = 20260701;
    private const int Proofs = 500;

    /// <summary>What checkpoints are published of: before, at and behind the ends of full tiles of the first two rows.</summary>
    private static readonly long[] sizes = [255, 256, 257, 65_535, 65_536, 65_537, 70_000];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task independent_code_accepts_a_log_of_seventy_thousand_entries()
    {
        await using var log = await KeptLog.Open("large", sm3: false);
        var key = log.Keys.Main.Signers[0].Key.ToString();
        var (recording, publishing, judging) = (new Stopwatch(), new Stopwatch(), new Stopwatch());
        var notes = await Publish(log, recording, publishing);
        judging.Start();

        Assert.Equal($"{sizes[^1]} entries, root {(await log.Note()).Split('\n')[2]}", await GoTlog.Accepts("log", log.Public, key));
        foreach (var (i, older) in notes.Index())
            foreach (var newer in notes.Skip(i))
                Assert.Contains(" continues ", await GoTlog.Accepts("consistent", key, older, newer, log.Public), StringComparison.Ordinal);
        Assert.Equal($"{Proofs} entries proved", await GoTlog.Accepts("receipts", key, log.Public, await Prove(log)));
        judging.Stop();
        var ours = Stopwatch.StartNew();
        Assert.Empty((await log.VerifyFiles([.. notes.Select(File.ReadAllText)])).Findings.Told);
        TestContext.Current.SendDiagnosticMessage(
            "{0} entries: recorded in {1:0.0} s, sequenced and published in {2:0.0} s, judged in {3:0.0} s, by our own code in {4:0.0} s; seed {5}",
            sizes[^1], recording.Elapsed.TotalSeconds, publishing.Elapsed.TotalSeconds, judging.Elapsed.TotalSeconds, ours.Elapsed.TotalSeconds, Seed);

        await RefusesOneFlippedByte(log, key, notes);
    }

    /// <returns>The files of the checkpoints, the oldest first.</returns>
    private static async Task<List<string>> Publish(KeptLog log, Stopwatch recording, Stopwatch publishing)
    {
        var copies = new CopiedLives(log);
        var notes = new List<string>();
        foreach (var size in sizes)
        {
            recording.Start();
            await copies.Fill(size);
            recording.Stop();
            publishing.Start();
            await log.Publish();
            publishing.Stop();
            notes.Add(log.In($"checkpoint-{size}"));
            await File.WriteAllTextAsync(notes[^1], await log.Note(), Ct);
            Assert.Equal(size.ToString(CultureInfo.InvariantCulture), (await log.Note()).Split('\n')[1]);
        }

        return notes;
    }

    /// <returns>A directory of receipts for positions drawn by chance, the first and the last of tiles among them.</returns>
    private static async Task<string> Prove(KeptLog log)
    {
        var chance = new Random(Seed);
        var positions = new HashSet<long> { 0, 255, 256, 65_535, 65_536, sizes[^1] - 1 };
        while (positions.Count < Proofs) positions.Add(chance.NextInt64(sizes[^1]));
        var directory = Directory.CreateDirectory(log.In("proofs")).FullName;
        var note = await log.Note();
        foreach (var position in positions)
            await File.WriteAllTextAsync(Path.Combine(directory, $"{position}"), await EventProof.Of(log.Source, position, sizes[^1], note, Ct), Ct);
        return directory;
    }

    private static async Task RefusesOneFlippedByte(KeptLog log, string key, List<string> notes)
    {
        var (proofs, bundle) = (log.In("proofs"), Path.Combine(log.Public, new Tile(0, 256, Tile.FullWidth).EntriesPath));
        await Flipped(bundle, 20, async () =>
        {
            Assert.StartsWith("the entries make the root ", await GoTlog.Refuses("log", log.Public, key), StringComparison.Ordinal);
            await GoTlog.Refuses("receipts", key, log.Public, proofs);   // that of 65,536 is among them
        });
        await Flipped(Path.Combine(log.Public, new Tile(2, 0, 1).Path), 20, async () =>
        {
            Assert.EndsWith("differs", await GoTlog.Refuses("log", log.Public, key), StringComparison.Ordinal);
            await GoTlog.Refuses("consistent", key, notes[0], notes[^1], log.Public);
        });
        await Flipped(Path.Combine(log.Public, "checkpoint"), 30, async () => await GoTlog.Refuses("log", log.Public, key));
        await GoTlog.Accepts("log", log.Public, key);
    }

    private static async Task Flipped(string file, int at, Func<Task> meanwhile)
    {
        var bytes = await File.ReadAllBytesAsync(file, Ct);
        bytes[at] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Ct);
        await meanwhile();
        bytes[at] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Ct);
    }
}
