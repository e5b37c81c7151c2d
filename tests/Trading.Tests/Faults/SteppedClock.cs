namespace Trading.Tests.Faults;

/// <summary>The machine's clock as one process sees it, ahead or behind by as much as a test says: Debian's libfaketime in front of the C library.</summary>
internal sealed class SteppedClock(string file)
{
    private static readonly Lazy<string> library = new(() =>
        Directory.EnumerateDirectories("/usr/lib").Select(each => Path.Combine(each, "faketime", "libfaketimeMT.so.1")).First(File.Exists));

    /// <summary>What a process must find in its environment to see this clock.</summary>
    public IReadOnlyList<(string Name, string? Value)> Environment =>
    [
        ("LD_PRELOAD", library.Value), ("FAKETIME_TIMESTAMP_FILE", file), ("FAKETIME_CACHE_DURATION", "1"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ("FAKETIME_DISABLE_SHM", "1"),
    ];

    /// <summary>Sets it so much ahead of the machine's clock, or behind it; the process sees that within a second.</summary>
    public void Step(TimeSpan ahead)
    {
        File.WriteAllText($"{file}.new", FormattableString.Invariant($"{ahead.TotalSeconds:+0;-0;+0}\n"));
        File.Move($"{file}.new", file, overwrite: true);
    }
}
