using System.Globalization;

namespace Trading.Http;

/// <summary>The tokens a client may spend on requests of one kind.</summary>
/// <param name="name">As clients see it in <c>RateLimit</c>.</param>
/// <param name="burst">How many tokens a full bucket holds.</param>
/// <param name="perSecond">How many it gets back.</param>
public sealed class Bucket(string name, int burst, int perSecond)
{
    public string Name => name;

    public int Burst => burst;

    public int PerSecond => perSecond;

    /// <summary>As clients see it in <c>RateLimit-Policy</c>.</summary>
    public string Policy { get; } = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={burst};w={((long)burst + perSecond - 1) / perSecond}");

    /// <summary>How long it takes to get so many tokens back.</summary>
    public long Seconds(long tokens) => (tokens + perSecond - 1) / perSecond;
}
