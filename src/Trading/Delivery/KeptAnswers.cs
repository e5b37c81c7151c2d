using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Primitives;
using Trading.Http;

namespace Trading.Delivery;

/// <summary>What was asked by anyone, as far as the answer differs by it.</summary>
/// <param name="Time">As of when (<c>Accept-Datetime</c>).</param>
/// <param name="Coding">In which the answer comes; empty where none was asked for.</param>
public sealed record Asked(string Path, string Query, string Time, string Coding);

/// <summary>An answer as it was sent, and since when it holds.</summary>
/// <param name="Headers">Without its length.</param>
/// <param name="On">What it depends on.</param>
/// <param name="Since">Of <see cref="Freshness"/>, when its making began.</param>
/// <param name="MadeAt">Of the clock.</param>
public sealed record KeptAnswer(byte[] Body, string ETag, KeyValuePair<string, StringValues>[] Headers, IReadOnlyList<string> On, long Since, long MadeAt);

/// <summary>
/// Answers kept in memory for an hour at most, each with what it depends on and since when. One is given out only while nothing it depends
/// on is known to have changed since its making began, so that no answer outlives what it was made from, however the two meet.
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

    /// <summary>Unless it does not say what it depends on.</summary>
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
