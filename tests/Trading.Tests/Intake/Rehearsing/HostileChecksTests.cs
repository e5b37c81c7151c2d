using System.Diagnostics;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Intake.Rehearsing;

/// <summary>Checks that cost as much as checks can, by anyone: those who record and read beside them are answered as before.</summary>
[Collection(Alone.Collection)]
public sealed class HostileChecksTests
{
    private const int Senders = 12;
    private const int OfTheOthers = 40;

    // Generous: the service, its database and those who ask share two processors.
    private static readonly TimeSpan slowest = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task those_who_record_and_read_beside_hostile_checks_are_answered()
    {
        await using var service = await Service.Start("hostile");
        var writer = await Posted.Register(service.Client("publisher"), service.Database);
        var hostile = Check(string.Concat(Enumerable.Repeat("<span>", 240)) + string.Concat(Enumerable.Repeat("</x><b>x</b>", 16_000)));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var checks = Enumerable.Range(0, Senders).Select(_ => Send(service.Client(role: null), hostile, over.Token)).ToList();

        var reads = await Measure(async _ => (await service.Client(role: null).Get(writer.Path)).Status is HttpStatusCode.OK);
        var posts = await Measure(async _ => (await service.Client("publisher").PostText("/v1/procedures", Posted.Body)).Status is HttpStatusCode.Created);
        await over.CancelAsync();
        var answered = (await Task.WhenAll(checks)).SelectMany(statuses => statuses).ToList();

        Assert.All(answered, status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.ServiceUnavailable, $"{status}"));
        Assert.NotEmpty(answered);
        Assert.True(reads < slowest && posts < slowest, $"{reads}, {posts}");
        (await service.Client(role: null).PostText("/v1/rules/check", Check("<p>公告</p>"))).Expect(HttpStatusCode.OK);
    }

    /// <summary>The same HTML in each of four postings.</summary>
    private static string Check(string html)
    {
        var body = JsonNode.Parse(Routes.Check.Body!)!;
        var posting = body["postings"]![0]!;
        body["registration"]!["html"] = html;
        body["postings"] = new JsonArray([.. Enumerable.Range(0, 3).Select(_ =>
        {
            var copy = posting.DeepClone();
            copy["body"]!["html"] = html;
            return copy;
        })]);
        return body.ToJsonString(new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });   // shorter, so that more fits
    }

    private static async Task<List<HttpStatusCode>> Send(Client client, string body, CancellationToken over)
    {
        var answered = new List<HttpStatusCode>();
        while (!over.IsCancellationRequested)
        {
            var answer = await client.PostText("/v1/rules/check", body);
            if (answer.Status is HttpStatusCode.ServiceUnavailable) Assert.True(answer.Headers.ContainsKey("Retry-After"));
            answered.Add(answer.Status);
        }

        return answered;
    }

    /// <summary>How long the slowest but one took.</summary>
    private static async Task<TimeSpan> Measure(Func<int, Task<bool>> ask)
    {
        var took = new List<TimeSpan>();
        for (var i = 0; i < OfTheOthers; i++)
        {
            var since = Stopwatch.GetTimestamp();
            Assert.True(await ask(i));
            took.Add(Stopwatch.GetElapsedTime(since));
        }

        took.Sort();
        return took[^2];
    }
}
