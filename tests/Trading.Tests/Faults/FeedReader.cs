using System.Net;
using System.Text.Json;
using Xunit;

namespace Trading.Tests.Faults;

/// <summary>One item of the feed as a reader keeps it.</summary>
internal readonly record struct Told(Guid EventId, string LeafHash, bool Public);

/// <summary>
/// Somebody who follows the change feed from its beginning, over interruptions, and keeps what he is told in the order in which he is
/// told it. The first position that is not the next one ends it.
/// </summary>
internal abstract class FeedReader(string name)
{
    private static readonly TimeSpan beforeRetry = TimeSpan.FromMilliseconds(100);
    private readonly List<Told> told = [];

    public string Name => name;

    public IReadOnlyList<Told> Told => told;

    /// <summary>How often he was cut off or turned away.</summary>
    public int Interruptions { get; private set; }

    protected static HttpClient Http { get; } = new(new SocketsHttpHandler { MaxConnectionsPerServer = 100 });

    protected int Next => told.Count;

    /// <param name="end">How many there will be, once that is known; he reads on until he has them.</param>
    public async Task Follow(Uri service, Task<int> end, CancellationToken ct)
    {
        using var retry = new PeriodicTimer(beforeRetry);
        bool Ended() => end.IsCompletedSuccessfully && Next >= end.Result;
        while (!Ended())
        {
            try
            {
                await Read(service, Ended, ct);
            }
            catch (Exception cut) when (cut is HttpRequestException { StatusCode: null or HttpStatusCode.ServiceUnavailable } or IOException)
            {
                Interruptions++;
                await retry.WaitForNextTickAsync(ct);
            }
        }
    }

    /// <summary>Reads until there is nothing for the moment, or until it is told that this is the end.</summary>
    protected abstract Task Read(Uri service, Func<bool> ended, CancellationToken ct);

    protected void Take(JsonElement item)
    {
        Assert.True(item.GetProperty("position").GetInt64() == Next, $"{name} was told of position {item.GetProperty("position")} where {Next} was due");
        told.Add(new Told(item.GetProperty("eventId").GetGuid(), item.GetProperty("leafHash").GetString()!, item.GetProperty("class").GetString() is "public"));
    }
}
