using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Walkthroughs;

/// <summary>
/// A story as it is written down in <c>openapi/examples</c>, one exchange a file. What differs from run to run stands as a
/// placeholder, so that a file changes when the service does and not otherwise.
/// </summary>
internal sealed partial class Transcript(string story)
{
    private const string Order = "TRADING_WRITE_EXAMPLES";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] Telling = ["Content-Type", "ETag", "Location", "Idempotency-Replayed"];

    private readonly SortedDictionary<string, string> files = new(StringComparer.Ordinal);

    /// <summary>Keeps an exchange; <paramref name="named"/> puts the names of ids for the ids.</summary>
    public void Keep(
        string step, string now, string request, IEnumerable<(string Name, string Value)> headers, string? body, Answer answer,
        Func<string, string> named)
    {
        string[] lines =
        [
            $"# {now}", request, .. headers.Select(header => $"{header.Name}: {header.Value}"),
            .. body is null ? [] : (string[])["", Pretty(body)], "",
            $"HTTP/1.1 {(int)answer.Status} {Phrase(answer)}",
            .. Telling.Where(answer.Headers.ContainsKey).Select(name => $"{name}: {answer.Headers[name]}"), "",
            Pretty(answer.Body), "",
        ];
        var kept = HashTag().Replace(named(string.Join('\n', lines)), "ETag: \"{hash}\"");
        kept = Cursor().Replace(TraceId().Replace(kept, "\"traceId\": \"{traceId}\""), "cursor={cursor}");
        Assert.False(Id().IsMatch(kept), $"{story}/{step} contains an id without a name: {Id().Match(kept).Value}");
        files.Add($"{files.Count + 1:00}-{step}.http", kept.ReplaceLineEndings("\n"));
    }

    /// <summary>Compares the story with what is written down, or writes it down when told to.</summary>
    public void Close()
    {
        var folder = Repository.PathOf("openapi", "examples", story);
        if (Environment.GetEnvironmentVariable(Order) is "1")
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(folder);
            foreach (var (name, text) in files) File.WriteAllText(Path.Combine(folder, name), text);
            return;
        }

        var written = Directory.Exists(folder)
            ? Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllText)
            : [];
        var differing = files.Keys.Union(written.Keys).Where(name => files.GetValueOrDefault(name) != written.GetValueOrDefault(name)).Order().ToList();
        Assert.True(
            differing.Count is 0,
            $"openapi/examples/{story} is not what the service says ({string.Join(", ", differing)}); {Order}=1 ops/test writes it anew."
            + (differing.Count is 0 ? "" : "\n" + files.GetValueOrDefault(differing[0])));
    }

    private static string Pretty(string json) => JsonNode.Parse(json)!.ToJsonString(Readable);

    private static string Phrase(Answer answer) => Words().Replace(answer.Status.ToString(), " $0").TrimStart();

    [GeneratedRegex(@"(?<!^)[A-Z][a-z]")]
    private static partial Regex Words();

    [GeneratedRegex("\"traceId\": \"[^\"]*\"")]
    private static partial Regex TraceId();

    [GeneratedRegex("cursor=[^\"&]+")]
    private static partial Regex Cursor();

    [GeneratedRegex("ETag: \"(?!\\d+\")[^\"]*\"")]
    private static partial Regex HashTag();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();
}
