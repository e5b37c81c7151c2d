using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Trading.Merkle;

/// <summary>
/// A row of consecutive hashes as logs publish them (C2SP tlog-tiles): of leaves on level 0, of full tiles of the level below on the
/// others. A tile at the right edge of a tree may be narrower than <see cref="FullWidth"/>.
/// </summary>
public readonly partial record struct Tile(int Level, long Index, int Width)
{
    public const int Bits = 8;
    public const int FullWidth = 1 << Bits;

    public bool IsFull => Width is FullWidth;

    /// <summary>The first of its hashes, counted on its level.</summary>
    public long First => Index << Bits;

    /// <summary>How far a tree of this size reaches on a level.</summary>
    public static long Reach(int level, long size) => size >> (Bits * level);

    /// <summary>The tile whose hashes make up a subtree, as wide as a tree of this size lets it be.</summary>
    public static Tile Holding(Subtree subtree, long size)
    {
        var level = subtree.Height / Bits;
        var index = subtree.Index << (subtree.Height % Bits) >> Bits;
        return new Tile(level, index, (int)Math.Min(FullWidth, Reach(level, size) - (index << Bits)));
    }

    /// <summary>Every tile a tree gains or widens when it grows.</summary>
    public static IEnumerable<Tile> Grown(long older, long newer)
    {
        for (var level = 0; Reach(level, newer) > 0; level++)
        {
            var (from, until) = (Reach(level, older), Reach(level, newer));
            for (var index = from >> Bits; from < until && index <= (until - 1) >> Bits; index++)
                yield return new Tile(level, index, (int)Math.Min(FullWidth, until - (index << Bits)));
        }
    }

    /// <summary>The subtree's hash out of this tile's hashes.</summary>
    public byte[] Fold(TreeHash hash, Subtree subtree, ReadOnlySpan<byte> hashes)
    {
        var height = subtree.Height % Bits;
        var first = (int)((subtree.Index << height) - First);
        var row = new byte[1 << height][];
        for (var i = 0; i < row.Length; i++) row[i] = hashes.Slice((first + i) * TreeHash.Length, TreeHash.Length).ToArray();
        return Root(hash, row);
    }

    /// <summary>Of a full tile, the hash that stands for it one level above.</summary>
    public static byte[] Root(TreeHash hash, ReadOnlyMemory<byte> hashes) =>
        Root(hash, [.. Enumerable.Range(0, FullWidth).Select(i => hashes.Slice(i * TreeHash.Length, TreeHash.Length).ToArray())]);

    private static byte[] Root(TreeHash hash, byte[][] row)
    {
        for (var width = row.Length / 2; width > 0; width /= 2)
            for (var i = 0; i < width; i++) row[i] = hash.Node(row[2 * i], row[(2 * i) + 1]);
        return row[0];
    }

    /// <summary>Below the log's address; the entries of a tile of level 0 lie beside it.</summary>
    public string Path => $"tile/{Level.ToString(CultureInfo.InvariantCulture)}/{Place}";

    public string EntriesPath => $"tile/entries/{Place}";

    /// <summary>Reads what follows <c>tile/</c> and level or <c>entries/</c>: <c>x001/x234/067</c>, with <c>.p/</c> and a width unless it is full.</summary>
    public static bool TryParse(int level, string place, out Tile tile)
    {
        tile = default;
        if (level is < 0 or > 63 || Form().Match(place) is not { Success: true } form) return false;
        var digits = form.Groups["higher"].Value.Replace("x", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal) + form.Groups["lowest"].Value;
        if (digits.Length > 15 || (digits.Length > 3 && digits.StartsWith("000", StringComparison.Ordinal))) return false;
        var width = form.Groups["width"] is { Success: true } partial ? int.Parse(partial.Value, CultureInfo.InvariantCulture) : FullWidth;
        tile = new Tile(level, long.Parse(digits, CultureInfo.InvariantCulture), width);
        return width is >= 1 && (width < FullWidth || !form.Groups["width"].Success);
    }

    private string Place
    {
        get
        {
            var place = new StringBuilder((Index % 1000).ToString("D3", CultureInfo.InvariantCulture));
            for (var rest = Index / 1000; rest > 0; rest /= 1000) place.Insert(0, $"x{(rest % 1000).ToString("D3", CultureInfo.InvariantCulture)}/");
            return IsFull ? place.ToString() : $"{place}.p/{Width.ToString(CultureInfo.InvariantCulture)}";
        }
    }

    [GeneratedRegex(@"^(?<higher>(x[0-9]{3}/)*)(?<lowest>[0-9]{3})(\.p/(?<width>[1-9][0-9]{0,2}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
