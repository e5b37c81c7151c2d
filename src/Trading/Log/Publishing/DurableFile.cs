using System.Runtime.InteropServices;

namespace Trading.Log.Publishing;

/// <summary>Files that are there whole or not at all.</summary>
public static partial class DurableFile
{
    /// <summary>It stays as it is also after a loss of power.</summary>
    public static async Task Write(string path, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        Replace(path, await Unfinished(path, bytes, flushes: true, ct));
        Synchronise(Path.GetDirectoryName(path)!);
    }

    /// <summary>What can be made anew: after a loss of power it may be what it was before, or empty.</summary>
    public static async Task WriteReplaceable(string path, ReadOnlyMemory<byte> bytes, CancellationToken ct) =>
        Replace(path, await Unfinished(path, bytes, flushes: false, ct));

    private static void Replace(string path, string by) => File.Move(by, path, overwrite: true);

    private static async Task<string> Unfinished(string path, ReadOnlyMemory<byte> bytes, bool flushes, CancellationToken ct)
    {
        var directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory);
        var unfinished = Path.Combine(directory, $".{Path.GetFileName(path)}.new");   // web servers serve no hidden files
        await using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await stream.WriteAsync(bytes, ct);
            stream.Flush(flushToDisk: flushes);
        }

        return unfinished;
    }

    /// <summary>The name lies in the directory, which has to reach the disk too; .NET opens no directories.</summary>
    private static void Synchronise(string directory)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(directory, 0);
        if (handle < 0 || Fsync(handle) is not 0) throw new IOException($"{directory} could not be written through to the disk: error {Marshal.GetLastPInvokeError()}.");
        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
