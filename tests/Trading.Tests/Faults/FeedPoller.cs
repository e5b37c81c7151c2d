using System.Text.Json;
using Xunit;

namespace Trading.Tests.Faults;

/// <summary>Asks for page after page.</summary>
/// <param name="limit">Items a page.</param>
/// <param name="pace">From one page to the next at the least.</param>
/// <param name="wait">Seconds the service may let him wait for a page.</param>
internal sealed class FeedPoller(int limit, TimeSpan pace, int wait = 0) : FeedReader($"pages of {limit}{(wait > 0 ? ", waiting" : "")}")
{
    protected override async Task Read(Uri service, Func<bool> ended, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(pace);
        do
        {
            var page = await Page(service, ct);
            var from = Next;
            Assert.Equal(from, page.GetProperty("from").GetInt64());
            foreach (var item in page.GetProperty("items").EnumerateArray()) Take(item);
            Assert.InRange(Next - from, 0, limit);
            Assert.Equal(Next, page.GetProperty("next").GetInt64());
            Assert.True(page.GetProperty("head").GetProperty("size").GetInt64() >= Next, $"{Name} was told of more than was published");
        }
        while (!ended() && await timer.WaitForNextTickAsync(ct));
    }

    private async Task<JsonElement> Page(Uri service, CancellationToken ct)
    {
        using var response = await Http.GetAsync(new Uri(service, $"/v1/changes?after={Next}&limit={limit}{(wait > 0 ? $"&wait={wait}" : "")}"), ct);
        response.EnsureSuccessStatusCode();
        return JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(ct));
    }
}
