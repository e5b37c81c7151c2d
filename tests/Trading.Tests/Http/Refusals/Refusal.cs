using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Trading.Tests.Harness;

namespace Trading.Tests.Http.Refusals;

/// <summary>One request that is to be refused, and how. Where it says nothing it is as the route wants it, so that it is refused for one thing.</summary>
/// <param name="Code">Of the problem.</param>
public sealed record Refusal(Route Route, string Title, HttpStatusCode Status, string Code)
{
    /// <summary>The place of <see cref="Scene"/>; the route's own where absent.</summary>
    public string? At { get; init; }

    public string? Body { get; init; } = Route.Body;

    /// <summary>The body as bytes, when it is not plain UTF-8.</summary>
    public Func<string, byte[]> Encode { get; init; } = Encoding.UTF8.GetBytes;

    /// <summary>Sent without a length.</summary>
    public bool Chunked { get; init; }

    /// <summary>None when empty.</summary>
    public string ContentType { get; init; } = Route.ContentType;

    /// <summary>The path, when it is not the route's.</summary>
    public string? Path { get; init; }

    public string Query { get; init; } = Route.Query;

    public string? Method { get; init; }

    public (string Name, string Value)[] Headers { get; init; } = [];

    public string? Role { get; init; } = Route.Role;

    public string? Centre { get; init; }

    public string Region { get; init; } = "*";

    /// <summary>The code of one of the problem's errors, and where it points to.</summary>
    public string? Error { get; init; }

    public string? Pointer { get; init; }

    /// <summary>The rule that refuses.</summary>
    public string? Rule { get; init; }

    public string Name => $"{Method ?? Route.Method} /{Route.Template}: {Title}";

    public async Task<Answer> Send(TradingApp app, Scene scene)
    {
        var place = At ?? Route.At;
        using var content = Body is null ? null : Content(Encode(scene.Fill(Body, place)));
        (string, string)[] key = Route.Method is "POST" && !Headers.Any(h => h.Name is "Idempotency-Key") && Route != Routes.Legacy
            ? [("Idempotency-Key", $"\"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}\"")]
            : [];
        var client = app.Client(Role, Centre ?? Trading.Ops.LocalKey.CentreCode, Region);
        return await client.Send(
            new HttpMethod(Method ?? Route.Method), (Path is null ? scene.Path(Route, place) : scene.Fill(Path, place)) + Query, content,
            [.. key, .. Headers.Where(h => h.Value is not "" && !IsOfContent(h.Name))]);
    }

    private HttpContent Content(byte[] body)
    {
        HttpContent content = Chunked ? new StreamContent(new Unmeasured(body)) : new ByteArrayContent(body);
        if (ContentType is not "") content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        foreach (var (name, value) in Headers.Where(h => IsOfContent(h.Name))) content.Headers.TryAddWithoutValidation(name, value);
        return content;
    }

    private static bool IsOfContent(string header) => header.StartsWith("Content-", StringComparison.Ordinal);

    private sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}

/// <summary>Spoils a body in one place.</summary>
internal static class Spoilt
{
    /// <summary>With another value at a JSON pointer.</summary>
    public static string Set(this string body, string pointer, JsonNode? value)
    {
        var (root, parent, last) = Find(body, pointer);
        if (parent is JsonArray items) items[int.Parse(last, System.Globalization.CultureInfo.InvariantCulture)] = value;
        else parent[last] = value;
        return root.ToJsonString();
    }

    public static string Set(this Route route, string pointer, JsonNode? value) => route.Body!.Set(pointer, value);

    public static string Without(this Route route, string pointer)
    {
        var (root, parent, last) = Find(route.Body!, pointer);
        if (!parent.AsObject().Remove(last)) throw new ArgumentException($"{route} has no {pointer}", nameof(pointer));
        return root.ToJsonString();
    }

    /// <summary>With raw text put behind the opening brace.</summary>
    public static string Begin(this Route route, string members) => "{" + members + "," + route.Body!.TrimStart()[1..];

    private static (JsonNode Root, JsonNode Parent, string Last) Find(string body, string pointer)
    {
        var root = JsonNode.Parse(body)!;
        var steps = pointer.Split('/')[1..];
        var parent = steps[..^1].Aggregate(root, (node, step) =>
            node is JsonArray items ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!);
        return (root, parent, steps[^1]);
    }
}
