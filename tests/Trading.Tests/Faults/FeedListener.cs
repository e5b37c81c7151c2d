using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Trading.Tests.Faults;

/// <summary>Listens to the stream of server-sent events, is cut off now and then, and goes on behind the last id.</summary>
/// <param name="most">Events until he is cut off, at the most; chance says how many.</param>
internal sealed class FeedListener(int seed, int most) : FeedReader("stream")
{
    private readonly Random chance = new(seed);

    public int Cuts { get; private set; }

    protected override async Task Read(Uri service, Func<bool> ended, CancellationToken ct)
    {
        var until = Next + chance.Next(1, most);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service, "/v1/changes/stream"));
        if (Next > 0) request.Headers.Add("Last-Event-ID", (Next - 1).ToString(CultureInfo.InvariantCulture));
        using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        response.EnsureSuccessStatusCode();
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(ct));
        var (id, data) = ("", "");
        while (!ended() && Next < until)
        {
            switch (await lines.ReadLineAsync(ct))
            {
                case null: throw new IOException("The stream ended.");
                case { } line when line.StartsWith("id: ", StringComparison.Ordinal): id = line[4..]; break;
                case { } line when line.StartsWith("data: ", StringComparison.Ordinal): data = line[6..]; break;
                case "" when data.Length > 0:
                    Assert.Equal(Next.ToString(CultureInfo.InvariantCulture), id);
                    Take(JsonElement.Parse(data));
                    data = "";
                    break;
            }
        }

        Cuts++;
    }
}
