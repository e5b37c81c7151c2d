using System.Text.Json;

namespace Trading.Log.Verifying;

/// <summary>Within each procedure the versions of its public entries rise.</summary>
internal sealed class StreamOrder
{
    private readonly Dictionary<string, long> versions = [];

    public void Check(long position, byte[] entry, Findings findings)
    {
        try
        {
            using var leaf = JsonDocument.Parse(entry);
            if (leaf.RootElement.GetProperty("class").GetString() is not "public") return;
            var (procedure, version) = (leaf.RootElement.GetProperty("procedureId").GetString()!, leaf.RootElement.GetProperty("version").GetInt64());
            if (version <= versions.GetValueOrDefault(procedure))
                findings.Add($"position {position}: version {version} of procedure {procedure} follows version {versions[procedure]}");
            versions[procedure] = version;
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            findings.Add($"position {position}: the entry is no leaf of this log");
        }
    }
}
