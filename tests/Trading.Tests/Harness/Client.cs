using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>A caller of the service over HTTP, who takes no answer that the OpenAPI document does not tell of.</summary>
/// <param name="held">Whether it does; a long campaign has no time for it.</param>
public sealed class Client(Uri address, string? token, bool held = true)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) });
    private static int keys;

    public Uri Address => address;

    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Get, path, null, headers);

    /// <summary>Posts JSON with a fresh idempotency key, unless the headers bring one.</summary>
    public Task<Answer> Post(string path, object body, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, Json(body is JsonNode node ? node.ToJsonString() : JsonSerializer.Serialize(body)), WithKey(headers));

    /// <summary>Posts text as it stands.</summary>
    public Task<Answer> PostText(string path, string body, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, Json(body), WithKey(headers));

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = content };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var sent = held && content is ByteArrayContent { Headers.ContentType.MediaType: "application/json" } ? Encoding.UTF8.GetString(await content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)) : null;
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = new Answer(
            response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
        if (held) OpenApiContract.OfThisVersion.Hold(method.Method, path, sent, answer);
        return answer;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static (string, string)[] WithKey((string Name, string Value)[] headers) =>
        headers.Any(h => h.Name == "Idempotency-Key")
            ? headers
            : [.. headers, ("Idempotency-Key", $"test-{Environment.ProcessId}-{Interlocked.Increment(ref keys).ToString(CultureInfo.InvariantCulture)}")];
}

/// <summary>What the service said.</summary>
public sealed record Answer(HttpStatusCode Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string? ETag => Headers.GetValueOrDefault("ETag");

    /// <summary>The version the tag is of, whatever positions the answer leaves out.</summary>
    public long? Version => ETag is { } tag ? long.Parse(tag.Trim('"').Split('.')[0], CultureInfo.InvariantCulture) : null;

    public string? Code => (string?)Json["code"];

    public Answer Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{(int)Status} instead of {(int)status}: {Body}");
        return this;
    }

    /// <summary>A refusal in the one dialect, with this code.</summary>
    public Answer Refused(HttpStatusCode status, string code)
    {
        Expect(status);
        Assert.Equal("application/problem+json", Headers["Content-Type"]);
        Assert.Equal(code, Code);
        Assert.Equal((int)status, (int?)Json["status"]);
        return this;
    }
}
