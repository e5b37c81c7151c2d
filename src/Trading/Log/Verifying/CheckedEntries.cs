using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Trading.Events;
using Trading.Vault;

namespace Trading.Log.Verifying;

/// <summary>
/// What entries say, one after the other: that within each procedure the versions of public entries rise, that notices too long for
/// their leaves lie beside the log as the leaves say, and that what is disclosed is what was committed to.
/// </summary>
/// <param name="directory">That holds <c>notice</c>.</param>
internal sealed class CheckedEntries(string directory)
{
    private static readonly string disclosing = Catalogue.Name(typeof(NoticeDisclosed));
    private readonly Dictionary<string, long> versions = [];
    private readonly HashSet<long> notices = [];
    private readonly Dictionary<string, (long Position, string Commitment)> commitments = [];

    public async Task Check(long position, byte[] entry, Findings findings, CancellationToken ct)
    {
        try
        {
            using var leaf = JsonDocument.Parse(entry);
            var root = leaf.RootElement;
            if (root.GetProperty("class").GetString() is not "public")
            {
                commitments[root.GetProperty("eventId").GetString()!] = (position, root.GetProperty(Leaf.ContentCommitment).GetString()!);
                return;
            }

            CheckVersion(position, root.GetProperty("procedureId").GetString()!, root.GetProperty("version").GetInt64(), findings);
            var notice = root.TryGetProperty("noticeDigest", out var digest)
                ? await ReadNotice(position, digest.GetProperty("length").GetInt64(), digest.GetProperty("sha256").GetString()!, findings, ct)
                : root.GetProperty("notice");
            if (notice is { } told && root.GetProperty("type").GetString() == disclosing) CheckDisclosed(position, told, findings);
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

    private void CheckDisclosed(long position, JsonElement notice, Findings findings)
    {
        var disclosed = notice.GetProperty("discloses").GetString()!;
        if (!commitments.TryGetValue(disclosed, out var made))
            findings.Add($"position {position}: it discloses event {disclosed}, to which nothing before it is committed");
        else if (Commitment.Digest(notice.GetProperty("opening").GetString()!) != made.Commitment)
            findings.Add($"position {position}: what it discloses is not what was committed to at position {made.Position}");
    }

    /// <returns>Null when it is not there as the leaf says.</returns>
    private async Task<JsonElement?> ReadNotice(long position, long length, string sha256, Findings findings, CancellationToken ct)
    {
        notices.Add(position);
        var path = $"notice/{position.ToString(CultureInfo.InvariantCulture)}.json";
        var file = Path.Combine(directory, path);
        if (!File.Exists(file))
        {
            findings.Add($"{path}: it is missing");
            return null;
        }

        var notice = await File.ReadAllBytesAsync(file, ct);
        if (notice.Length == length && Convert.ToHexStringLower(SHA256.HashData(notice)) == sha256) return JsonElement.Parse(notice);
        findings.Add($"{path}: it is not the notice of position {position}");
        return null;
    }
}
