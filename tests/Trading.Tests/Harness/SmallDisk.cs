using Xunit;

namespace Trading.Tests.Harness;

/// <summary>A small file system of its own, in memory, that a test may fill. Mounting it takes root, or sudo without a password.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const string Mounting =
        """
        set -euo pipefail
        source ops/process.sh
        as_root true 2>/dev/null || die "this test fills a file system that it mounts, which only root may do; start it as root or with sudo"
        as_root mount -t tmpfs -o "size=$1m,mode=0711,uid=$EUID" trading-small "$2"
        """;

    private const string Unmounting =
        """
        set -euo pipefail
        source ops/process.sh
        as_root umount --lazy "$1"
        """;

    private const int Megabyte = 1024 * 1024;
    private readonly string filler;

    private SmallDisk(DirectoryInfo directory) => (Directory, filler) = (directory, Path.Combine(directory.FullName, "filler"));

    public DirectoryInfo Directory { get; }

    public static async Task<SmallDisk> Mount(int megabytes)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("trading-disk-");
        await Run(Mounting, $"{megabytes}", directory.FullName);
        return new SmallDisk(directory);
    }

    /// <summary>Leaves not a byte free.</summary>
    public void Fill()
    {
        var bytes = new byte[Megabyte];
        for (var size = Megabyte; size > 0; size /= 16)
        {
            try
            {
                using var file = new FileStream(filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
                while (true) file.Write(bytes, 0, size);
            }
            catch (IOException)
            {
                // it is full, but for less than so much
            }
        }
    }

    public void Free() => File.Delete(filler);

    public async ValueTask DisposeAsync()
    {
        await Run(Unmounting, Directory.FullName);
        Directory.Delete();
    }

    private static async Task Run(string script, params string[] arguments)
    {
        await using var running = Running.Start("bash", ["-c", script, "small-disk", .. arguments], new Dictionary<string, string?>());
        Assert.True(await running.End(TimeSpan.FromMinutes(2)) is 0, running.Output);
    }
}
