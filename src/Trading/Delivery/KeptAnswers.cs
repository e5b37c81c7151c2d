using System.Globalization;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Caching.Memory;
using Trading.Http;

namespace Trading.Delivery;

/// <summary>
/// Answers kept in memory, each with what it depends on and since when. One is given out only while nothing it depends on has changed since
/// its making began, so that no answer outlives what it was made from, however the two meet.
/// </summary>
public sealed class KeptAnswers(Freshness freshness) : IOutputCacheStore, IDisposable
{
    private const long MostBytes = 64 * 1024 * 1024;

    private readonly MemoryCache answers = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        if (!answers.TryGetValue(key, out Kept? kept)) return ValueTask.FromResult<byte[]?>(null);
        if (freshness.Holds(kept!.On, kept.Since)) return ValueTask.FromResult<byte[]?>(kept.Answer);
        answers.Remove(key);
        return ValueTask.FromResult<byte[]?>(null);
    }

    public ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken)
    {
        var since = tags?.FirstOrDefault(tag => tag.StartsWith(Dependence.Since, StringComparison.Ordinal));
        var on = tags?.Where(tag => tag != since).ToArray() ?? [];
        if (since is null || on.Length is 0) return ValueTask.CompletedTask;
        answers.Set(key, new Kept(value, on, long.Parse(since[Dependence.Since.Length..], CultureInfo.InvariantCulture)), new MemoryCacheEntryOptions
        {
            Size = value.Length + key.Length, AbsoluteExpirationRelativeToNow = validFor,
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken)
    {
        freshness.Changed(tag);
        return ValueTask.CompletedTask;
    }

    public void Dispose() => answers.Dispose();

    private sealed record Kept(byte[] Answer, string[] On, long Since);
}
