using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Trading.Log.Verifying;

/// <summary>
/// What entries say, one after the other: that within each procedure the versions of public entries rise, and that notices too long for
/// their leaves lie beside the log as the leaves say.
/// </summary>
/// <param name="directory">That holds <c>notice</c>.</param>
internal sealed class CheckedEntries(string directory)
{
    private readonly Dictionary<string, long> versions = [];
    private readonly HashSet<long> notices = [];

    public async Task Check(long position, byte[] entry, Findings findings, CancellationToken ct)
    {
        try
        {
            using var leaf = JsonDocument.Parse(entry);
            if (leaf.RootElement.GetProperty("class").GetString() is not "public") return;
            CheckVersion(position, leaf.RootElement.GetProperty("procedureId").GetString()!, leaf.RootElement.GetProperty("version").GetInt64(), findings);
            if (leaf.RootElement.TryGetProperty("noticeDigest", out var digest))
                await CheckNotice(position, digest.GetProperty("length").GetInt64(), digest.GetProperty("sha256").GetString()!, findings, ct);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            findings.Add($"position {position}: the entry is no leaf of this log");
        }
    }

    /// <summary>Notices no entry tells of.</summary>
    /// <param name="size">Beyond which they may wait for the next checkpoint.</param>
    public void CheckRest(long size, Findings findings)
    {
        if (!Directory.Exists(Path.Combine(directory, "notice"))) return;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(directory, "notice"), "*.json").Order(StringComparer.Ordinal))
        {
            var position = long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
            if (position < size && !notices.Contains(position)) findings.Add($"notice/{Path.GetFileName(file)}: no entry tells of it");
        }
    }

    private void CheckVersion(long position, string procedure, long version, Findings findings)
    {
        if (version <= versions.GetValueOrDefault(procedure))
            findings.Add($"position {position}: version {version} of procedure {procedure} follows version {versions.GetValueOrDefault(procedure)}");
        versions[procedure] = version;
    }

    private async Task CheckNotice(long position, long length, string sha256, Findings findings, CancellationToken ct)
    {
        notices.Add(position);
        var path = $"notice/{position.ToString(CultureInfo.InvariantCulture)}.json";
        var file = Path.Combine(directory, path);
        if (!File.Exists(file))
        {
            findings.Add($"{path}: it is missing");
            return;
        }

        var notice = await File.ReadAllBytesAsync(file, ct);
        if (notice.Length != length || Convert.ToHexStringLower(SHA256.HashData(notice)) != sha256)
            findings.Add($"{path}: it is not the notice of position {position}");
    }
}
