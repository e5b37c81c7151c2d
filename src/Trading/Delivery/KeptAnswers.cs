using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Primitives;
using Trading.Http;

namespace Trading.Delivery;

/// <summary>The cache key of a public request.</summary>
/// <param name="Time">The requested point in time (<c>Accept-Datetime</c>).</param>
/// <param name="Coding">The content coding of the response; empty for none.</param>
public sealed record Asked(string Path, string Query, string Time, string Coding);

/// <summary>A cached response.</summary>
/// <param name="Headers">Its headers, without Content-Length.</param>
/// <param name="On">What it depends on.</param>
/// <param name="Since">The count of <see cref="Freshness"/> when the response was begun.</param>
/// <param name="MadeAt">When it was made, as a timestamp of the clock.</param>
public sealed record KeptAnswer(byte[] Body, string ETag, KeyValuePair<string, StringValues>[] Headers, IReadOnlyList<string> On, long Since, long MadeAt);

/// <summary>
/// The response cache of this node, in memory. A response is served for an hour at most, and only while nothing that it depends on has
/// changed since it was begun.
/// </summary>
public sealed class KeptAnswers(Freshness freshness) : IDisposable
{
    private const long MostBytes = 64 * 1024 * 1024;
    private const int BytesBeside = 1024;   // headers and what holds it all together
    private static readonly TimeSpan longest = TimeSpan.FromHours(1);

    private readonly MemoryCache answers = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    public KeptAnswer? Find(Asked asked)
    {
        if (!answers.TryGetValue(asked, out KeptAnswer? kept)) return null;
        if (freshness.Holds(kept!.On, kept.Since)) return kept;
        answers.Remove(asked);
        return null;
    }

    /// <summary>Caches a response that says what it depends on; others are ignored.</summary>
    public void Keep(Asked asked, KeptAnswer answer)
    {
        if (answer.On.Count is 0) return;
        answers.Set(asked, answer, new MemoryCacheEntryOptions
        {
            Size = BytesBeside + answer.Body.Length + 2 * (asked.Path.Length + asked.Query.Length), AbsoluteExpirationRelativeToNow = longest,
        });
    }

    public void Dispose() => answers.Dispose();
}
