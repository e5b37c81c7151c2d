using System.Globalization;
using Trading.Log.Publishing;

namespace Trading.Log.Stamping;

/// <summary>
/// The time stamps among the published files: <c>stamps/yyyy-MM-dd.checkpoint</c>, the checkpoint that was the last when it was stamped, and
/// <c>yyyy-MM-dd.tsr</c>, the authority's answer about it.
/// </summary>
/// <param name="directory">The log's.</param>
public sealed class Stamps(string directory, TimeStampAuthority authority)
{
    /// <summary>Stamps the published checkpoint, unless this day has its stamp.</summary>
    /// <returns>Whether the day has its stamp now; not before a checkpoint is published, nor while another process is at it.</returns>
    public async Task<bool> Stamp(DateOnly day, CancellationToken ct)
    {
        var (stamped, stamp) = (FileOf(day, "checkpoint"), FileOf(day, "tsr"));
        if (File.Exists(stamp)) return true;
        await using var only = Fence.Take(Path.Combine(directory, "stamping"));
        var published = Path.Combine(directory, "public", "checkpoint");
        if (only is null || !File.Exists(published)) return false;

        // what an interrupted attempt has put there is what is stamped, so that the two files belong together whatever happens
        if (!File.Exists(stamped)) await DurableFile.Write(stamped, await File.ReadAllBytesAsync(published, ct), ct);
        if (!File.Exists(stamp)) await DurableFile.Write(stamp, await authority.Stamp(await File.ReadAllBytesAsync(stamped, ct), ct), ct);
        return true;
    }

    private string FileOf(DateOnly day, string kind) =>
        Path.Combine(directory, "public", "stamps", $"{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.{kind}");
}
