using System.Collections.Frozen;

namespace Trading.Ocds;

/// <summary>Extensions of the standard that this service publishes itself: the files under <c>openapi/ocds</c> as of this build.</summary>
internal static class OwnExtensions
{
    private const string Prefix = "ocds/";

    private static readonly FrozenDictionary<string, byte[]> Files = typeof(OwnExtensions).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenDictionary(name => name[Prefix.Length..], Read);

    public static IReadOnlyList<string> Names { get; } =
        [.. Files.Keys.Where(name => name.EndsWith("/extension.json", StringComparison.Ordinal)).Select(name => name.Split('/')[0]).Order(StringComparer.Ordinal)];

    /// <param name="file">Within the folder of all extensions.</param>
    public static byte[]? Find(string file) => Files.GetValueOrDefault(file);

    private static byte[] Read(string name)
    {
        using var resource = typeof(OwnExtensions).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
