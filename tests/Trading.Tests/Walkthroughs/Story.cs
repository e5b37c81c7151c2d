using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Walkthroughs;

/// <summary>
/// The life of one procedure, told over HTTP as a trading centre lives it: every step is first tried dry, then posted, then posted
/// again as if the answer had been lost, then read back. A body names ids of earlier answers as <c>{noticeId:step}</c>,
/// <c>{contractId:step}</c>, <c>{objectionId:step}</c> and <c>{procedureId}</c>.
/// </summary>
internal sealed partial class Story : IAsyncDisposable
{
    /// <summary>Phones of those whose contact is published in announcements, and only there.</summary>
    public const string InitiatorPhone = "0717-6660001", AgencyPhone = "0717-6660002";

    /// <summary>How the phone of every bidder begins; never seen again.</summary>
    public const string BidderPhone = "199000";

    private readonly string name;
    private readonly Service service;
    private readonly Transcript? transcript;
    private readonly Dictionary<string, string> ids = [];
    private readonly List<Step> steps = [];
    private DateTimeOffset now;
    private int version;

    private Story(string name, Service service, bool transcribed)
    {
        (this.name, this.service) = (name, service);
        transcript = transcribed ? new Transcript(name) : null;
        Publisher = service.Client("publisher");
        Anyone = service.Client();
    }

    public Client Publisher { get; }

    public Client Anyone { get; }

    public static async Task<Story> Begin(string name, bool transcribed = true) =>
        new(name, await Service.Start(name.Replace('-', '_')), transcribed);

    public string Id(string placeholder) => ids[placeholder];

    /// <summary>Sets the clock, in China Standard Time; with every step from then on it is a minute later.</summary>
    public Task At(string local) => SetClock(DateTimeOffset.Parse(local + "+08:00", CultureInfo.InvariantCulture));

    /// <summary>The registration, with which every story begins.</summary>
    public Task<Answer> Register(string body, string lots) => Post("registration", "", body, "procedure-registered", "planning", lots);

    /// <summary>Posts a step and sees what it makes of the procedure.</summary>
    /// <param name="lots">Every lot with its status, as in <c>001 awarded, 002 failed</c>.</param>
    public async Task<Answer> Post(string step, string route, string body, string records, string stage, string lots, string status = "active")
    {
        var path = PathOf(route);
        var sent = Complete(body, route);
        await TryDry(step, path, sent, records);

        var headers = Headers(step);
        var answer = (await Publisher.PostText(Fill(path), sent.ToJsonString(), headers)).Expect(HttpStatusCode.Created);
        Receipt(answer, step, records);
        Keep(step, "POST", path, "publisher", headers, sent, answer);

        var again = (await Publisher.PostText(Fill(path), sent.ToJsonString(), headers)).Expect(HttpStatusCode.Created);
        Assert.Equal("true", again.Headers["Idempotency-Replayed"]);
        Assert.Equal((answer.Body, answer.ETag, answer.Headers["Location"]), (again.Body, again.ETag, again.Headers["Location"]));

        await Shows(stage, status, lots);
        await ShowsNotice(steps[^1]);
        await SetClock(now.AddMinutes(1));
        return answer;
    }

    /// <summary>Sees that a step is refused by a rule and records nothing, for the time being.</summary>
    public async Task<JsonNode> Refused(string step, string route, string body, HttpStatusCode status, string rule)
    {
        var path = PathOf(route);
        var sent = Complete(body, route);
        var headers = Headers(step);
        var answer = (await Publisher.PostText(Fill(path), sent.ToJsonString(), headers))
            .Refused(status, status is HttpStatusCode.Conflict ? "wrong-stage" : "rule-refused");
        Assert.Equal(rule, (string?)answer.Json["rule"]);
        Assert.NotEqual("", (string?)answer.Json["citation"]);
        Assert.NotEqual("", (string?)answer.Json["explanation"]);
        Keep(step, "POST", path, "publisher", headers, sent, answer);
        Assert.Equal(version, (await Anyone.Get(Fill("/v1/procedures/{procedureId}"))).Version);
        return answer.Json;
    }

    /// <summary>Sees how many times each lot was put out, as in <c>001 1, 002 2</c>.</summary>
    public async Task Rounds(string rounds)
    {
        var page = (await Anyone.Get(Fill("/v1/procedures/{procedureId}"))).Json;
        Assert.Equal(rounds, string.Join(", ", page["lots"]!.AsArray().Select(lot => $"{lot!["lotId"]} {lot["round"]}")));
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    private string Tag => $"\"{version}\"";

    private Task SetClock(DateTimeOffset time)
    {
        now = time;
        return service.SetClock(TimeConverter.Write(time));
    }

    private static string PathOf(string route) => route is "" ? "/v1/procedures" : "/v1/procedures/{procedureId}/" + route;

    private (string, string)[] Headers(string step) => version is 0
        ? [("Idempotency-Key", $"\"{name}/{step}\"")]
        : [("Idempotency-Key", $"\"{name}/{step}\""), ("If-Match", Tag)];

    /// <summary>With the secrecy review that every published notice needs.</summary>
    private JsonObject Complete(string body, string route)
    {
        var sent = JsonNode.Parse(Fill(body))!.AsObject();
        if (route is "" || route.StartsWith("objections", StringComparison.Ordinal)) return sent;

        sent["disclosure"] ??= new JsonObject { ["attribute"] = "active" };
        sent["disclosure"]!["secrecyReview"] = new JsonObject
        {
            ["reviewer"] = "示例市公共资源交易中心保密审查员",
            ["reviewedAt"] = TimeConverter.Write(now.AddMinutes(-20)),
            ["result"] = "passed",
        };
        return sent;
    }

    private async Task TryDry(string step, string path, JsonObject body, string records)
    {
        var answer = (await Publisher.PostText(Fill(path) + "?dryRun=true", body.ToJsonString())).Expect(HttpStatusCode.OK);
        Assert.True((bool?)answer.Json["dryRun"]);
        Assert.Equal(records, (string?)answer.Json["events"]![0]!["type"]);
        (await Publisher.Get((string)answer.Json["links"]!["notice"]!)).Refused(HttpStatusCode.NotFound, "not-found");
        if (version is 0)
            (await Publisher.Get((string)answer.Json["links"]!["procedure"]!)).Refused(HttpStatusCode.NotFound, "not-found");
        else
            Assert.True(version == (await Anyone.Get(Fill("/v1/procedures/{procedureId}"))).Version, $"the dry run of {step} was recorded");
    }

    private void Receipt(Answer answer, string step, string records)
    {
        var receipt = answer.Json;
        Assert.Equal(++version, (int?)receipt["version"]);
        Assert.Equal(Tag, answer.ETag);

        var noticeId = Remember($"noticeId:{step}", receipt["noticeId"]);
        if (version is 1) Remember("procedureId", receipt["procedureId"]);
        if (records is "contract-published") Remember($"contractId:{step}", receipt["contractId"]);
        if (records is "objection-raised") Remember($"objectionId:{step}", receipt["objectionId"]);
        Assert.Equal(ids["procedureId"], (string?)receipt["procedureId"]);
        Assert.Equal("ocds-000000-" + ids["procedureId"], (string?)receipt["ocid"]);

        var e = Assert.Single(receipt["events"]!.AsArray())!;
        Assert.Equal((noticeId, records), ((string?)e["eventId"], (string?)e["type"]));
        foreach (var verdict in receipt["verdicts"]!.AsArray())
        {
            Assert.Contains((string?)verdict!["outcome"], (string[])["compliant", "violation", "uncertain", "not-applicable"]);
            Assert.Contains((string?)verdict["severity"], (string[])["E", "W", "I"]);
            foreach (var member in (string[])["rule", "citation", "explanation"]) Assert.NotEmpty((string)verdict[member]!);
        }

        Assert.Equal(Fill("/v1/procedures/{procedureId}"), (string?)receipt["links"]!["procedure"]);
        Assert.Equal($"/v1/notices/{noticeId}", (string?)receipt["links"]!["notice"]);
        Assert.Equal($"/v1/events/{noticeId}/receipt", (string?)receipt["links"]!["receipt"]);
        Assert.Equal(version is 1 ? Fill("/v1/procedures/{procedureId}") : $"/v1/notices/{noticeId}", answer.Headers["Location"]);
        steps.Add(new Step(step, records, noticeId));
    }

    private void Keep(
        string step, string method, string path, string? role, (string Name, string Value)[] headers, JsonObject? body, Answer answer) =>
        transcript?.Keep(
            step, TimeConverter.Write(now), $"{method} {path}",
            [
                .. role is null ? [] : ((string, string)[])[("Authorization", $"Bearer {{{role}}}"), ("Content-Type", "application/json")],
                .. headers,
            ],
            body?.ToJsonString(), answer, Named);

    private string Remember(string placeholder, JsonNode? id)
    {
        Assert.True(Guid.TryParse((string?)id, out _), $"the receipt names no {placeholder}");
        return ids[placeholder] = (string)id!;
    }

    private string Fill(string text) => Placeholder().Replace(text, match => ids[match.Groups[1].Value]);

    private string Named(string text) => ids.Aggregate(text, (t, id) => t.Replace(id.Value, $"{{{id.Key}}}", StringComparison.Ordinal));

    [GeneratedRegex(@"\{((?:procedureId|noticeId:|contractId:|objectionId:)[a-z0-9-]*)\}")]
    private static partial Regex Placeholder();

    /// <summary>What was posted, under the name the story gives it.</summary>
    private sealed record Step(string Name, string Type, string NoticeId)
    {
        public bool Public { get; set; }
    }
}
