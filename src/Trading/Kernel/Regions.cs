using System.Collections.Frozen;

namespace Trading.Kernel;

/// <summary>All 行政区划代码 the service knows, abolished ones included; read once, from <c>regions.csv</c>.</summary>
public static class Regions
{
    private static readonly Lazy<(string Version, FrozenDictionary<string, RegionCode> ByCode)> data = new(Load);

    /// <summary>Month of the latest edition in the data, <c>yyyy-MM</c>.</summary>
    public static string Version => data.Value.Version;

    public static IReadOnlyCollection<RegionCode> All => data.Value.ByCode.Values;

    public static RegionCode? Find(string code) => data.Value.ByCode.GetValueOrDefault(code);

    private static (string, FrozenDictionary<string, RegionCode>) Load()
    {
        const string versionMark = "# version: ";
        using var reader = new StreamReader(typeof(Regions).Assembly.GetManifestResourceStream("regions.csv")!);
        var version = "";
        var regions = new Dictionary<string, RegionCode>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith(versionMark, StringComparison.Ordinal)) version = line[versionMark.Length..];
            if (!char.IsAsciiDigit(line[0])) continue;
            var region = Region(line.Split(','), regions);
            regions.Add(region.ToString(), region);
        }

        return (version, regions.ToFrozenDictionary());
    }

    // A parent's code sorts before those of its children.
    private static RegionCode Region(string[] cells, Dictionary<string, RegionCode> above) => new(
        cells[0], cells[1], cells[2] is "" ? null : above[cells[2]], Month(cells[3]), Month(cells[4]),
        cells[5] is "statistics" ? RegionKind.Statistics : RegionKind.Gbt2260);

    private static string? Month(string cell) => cell is "" ? null : string.Intern(cell);
}
