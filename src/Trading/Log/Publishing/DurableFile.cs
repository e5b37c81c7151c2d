namespace Trading.Log.Publishing;

/// <summary>Files that are there whole or not at all, also after a loss of power.</summary>
public static class DurableFile
{
    public static async Task Write(string path, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory);
        var unfinished = $"{path}.new";
        await using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await stream.WriteAsync(bytes, ct);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
        Synchronise(directory);
    }

    /// <summary>The name lies in the directory, which has to reach the disk too.</summary>
    private static void Synchronise(string directory)
    {
        if (OperatingSystem.IsWindows()) return;
        using var handle = File.OpenHandle(directory, FileMode.Open, FileAccess.Read);
        RandomAccess.FlushToDisk(handle);
    }
}
