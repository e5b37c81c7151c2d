using System.Net;
using System.Text.Json.Nodes;
using CsCheck;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;

namespace Trading.Tests.Acceptance;

/// <summary>
/// A procedure's life over HTTP. Each step is tried with values at their edges and, where that is refused, as it stands, so that the life
/// goes on. Whatever is accepted is to be readable.
/// </summary>
/// <param name="seed">All of it is made of this.</param>
/// <param name="held">As in <see cref="Readings"/>.</param>
internal sealed class Life(TradingApp app, int seed, bool held)
{
    private const string Reviewed = """{"attribute":"active","secrecyReview":{"reviewer":"李审查","reviewedAt":"2026-03-01T09:00:00+08:00","result":"passed"}}""";

    private readonly PCG chance = new(101, (ulong)seed);
    private readonly Client client = app.Client(held: held);
    private readonly Dictionary<string, string> ids = [];

    /// <summary>Everything that was accepted: where it was posted to, with what, and the receipt.</summary>
    public List<(string Path, string Body, JsonNode Receipt)> Accepted { get; } = [];

    public int Refused { get; private set; }

    public string Told => $"seed {seed}";

    /// <param name="each">Is done after each posting that was accepted.</param>
    public async Task Live(Func<(string Path, string Body, JsonNode Receipt), Task> each)
    {
        var sole = One(6) is 0;
        foreach (var step in sole ? Negotiated : Tendered)
        {
            app.Clock.Set(step.At);
            if (step.Route == Routes.Legacy)
            {
                await Import();
                continue;
            }

            if (step.Optional && One(3) is 0) continue;
            var tries = step.Repeated ? 2 : 1;
            var stood = false;
            for (var i = 0; i < tries; i++) stood |= await Post(step.Route, Changed(step.Body), each);
            if (!stood && !step.Repeated) await Post(step.Route, step.Body, each);
            if (!ids.ContainsKey("procedureId")) return;
        }
    }

    /// <summary>A line of a former system, changed likewise.</summary>
    private async Task Import()
    {
        var line = JsonNode.Parse(Changed(Routes.Legacy.Body!, extras: false))!;
        line["sourceId"] = $"acceptance-{seed}";
        using var content = new StringContent(line.ToJsonString(), System.Text.Encoding.UTF8, "application/x-ndjson");
        var answer = (await client.Send(HttpMethod.Post, "/v1/legacy-notices", content)).Expect(HttpStatusCode.OK).Json;
        if ((int)answer["landed"]! is 1) Accepted.Add(("/v1/legacy-notices", line.ToJsonString(), answer));
        else Refused++;
    }

    private async Task<bool> Post(Route route, string body, Func<(string, string, JsonNode), Task> each)
    {
        var path = "/" + Fill(route.Template);
        var sent = Fill(body);
        var answer = await client.PostText(path, sent);
        if (answer.Status is not HttpStatusCode.Created)
        {
            if ((int)answer.Status >= 500) throw new Xunit.Sdk.XunitException($"{Told}: {(int)answer.Status} to {path} {sent}: {answer.Body}");
            Refused++;
            return false;
        }

        var receipt = answer.Json;
        foreach (var id in (string[])["procedureId", "noticeId", "contractId", "objectionId"])
            if ((string?)receipt[id] is { } given && (id is not "noticeId" || route == Routes.Announcement || !ids.ContainsKey(id))) ids[id] = given;
        Accepted.Add((path, sent, receipt));
        await each(Accepted[^1]);
        return true;
    }

    private string Fill(string text) => ids.Aggregate(text, (t, id) => t.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));

    /// <summary>The body with some of its values at the edges of their types.</summary>
    private string Changed(string body, bool extras = true)
    {
        var root = JsonNode.Parse(body)!;
        var places = Leaves(root, "").ToList();
        for (var times = 1 + One(3); times > 0 && places.Count > 0; times--)
        {
            var (pointer, value) = places[One(places.Count)];
            if (Make(Edges.Like(value)) is { } other) Set(root, pointer, other);
        }

        if (extras && One(3) is 0)
        {
            var (member, value) = Make(Edges.Extra);
            if (member is "disclosure/attribute" && root["disclosure"] is null) root["disclosure"] = JsonNode.Parse(Reviewed);
            Set(root, "/" + member, value);
        }

        return root.ToJsonString();
    }

    private T Make<T>(Gen<T> gen) => gen.Generate(chance, null, out _);

    private int One(int of) => (int)chance.Next((uint)of);

    private static IEnumerable<(string Pointer, JsonNode? Value)> Leaves(JsonNode? node, string pointer) => node switch
    {
        JsonObject members => members.Where(member => member.Key is not ("secrecyReview" or "lotId" or "lots" or "corrects") || member.Value is JsonArray and [JsonObject, ..])
            .SelectMany(member => Leaves(member.Value, $"{pointer}/{member.Key}")),
        JsonArray items => items.SelectMany((item, i) => Leaves(item, $"{pointer}/{i}")),
        _ => [(pointer, node)],
    };

    private static void Set(JsonNode root, string pointer, JsonNode? value)
    {
        var steps = pointer.Split('/')[1..];
        var parent = steps[..^1].Aggregate(root, (node, step) => node is JsonArray items ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!);
        if (parent is JsonArray list) list[int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture)] = value;
        else parent[steps[^1]] = value;
    }


    private static string Earlier(string body) => body.Replace("2026-06-01T09", "2026-03-02T08", StringComparison.Ordinal).Replace("2026-06-20", "2026-03-20", StringComparison.Ordinal)
        .Replace("2026-07-01T09:00:00+08:00", "2026-03-23T09:00:00+08:00", StringComparison.Ordinal);

    private static readonly Step[] Tendered =
    [
        new(Routes.Legacy, "", "2026-03-01T08:00:00+08:00"),
        new(Routes.Register, Routes.Engineering("001"), "2026-03-01T09:00:00+08:00"),
        new(Routes.Plan, Routes.Plan.Body!, "2026-03-01T10:00:00+08:00", Optional: true, Repeated: true),
        new(Routes.Announcement, Earlier(Routes.Announcement.Body!), "2026-03-02T08:00:00+08:00"),
        new(Routes.Clarification, Routes.Clarification.Body!, "2026-03-03T08:00:00+08:00", Repeated: true),
        new(Routes.Correction, Routes.Correction.Body!, "2026-03-04T08:00:00+08:00", Optional: true, Repeated: true),
        new(Routes.Suspension, Routes.Suspension.Body!, "2026-03-04T09:00:00+08:00", Optional: true),
        new(Routes.Resumption, Routes.Resumption.Body!, "2026-03-04T10:00:00+08:00"),
        new(Routes.Objections, Routes.Objections.Body!.Replace("2026-05-30T10", "2026-03-05T10", StringComparison.Ordinal), "2026-03-05T11:00:00+08:00", Optional: true),
        new(Routes.ObjectionAnswer, Routes.ObjectionAnswer.Body!.Replace("2026-05-31T16", "2026-03-05T16", StringComparison.Ordinal), "2026-03-06T08:00:00+08:00"),
        new(Routes.Qualification, Routes.Qualification.Body!, "2026-03-20T08:00:00+08:00", Optional: true),
        new(Routes.Opening, Routes.Opening.Body!, "2026-03-24T08:00:00+08:00"),
        new(Routes.Candidates, Routes.Candidates.Body!.Replace("2026-06-05T18", "2026-03-28T18", StringComparison.Ordinal).Replace("2026-06-01T09", "2026-03-25T08", StringComparison.Ordinal), "2026-03-25T08:00:00+08:00"),
        new(Routes.Awards, Routes.Awards.Body!, "2026-03-30T11:00:00+08:00"),
        new(Routes.Contracts, Routes.Contracts.Body!, "2026-04-10T17:00:00+08:00"),
        new(Routes.Amendment, Routes.Amendment.Body!, "2026-06-01T09:00:00+08:00", Repeated: true),
        new(Routes.Performance, Routes.Performance.Body!, "2026-06-01T10:00:00+08:00", Repeated: true),
        new(Routes.Acceptance, Routes.Acceptance.Body!, "2026-06-01T11:00:00+08:00"),
        new(Routes.Erasure, Routes.Erasure.Body!, "2026-06-01T12:00:00+08:00", Optional: true),
        new(Routes.ContractTermination, Routes.ContractTermination.Body!, "2026-06-01T13:00:00+08:00", Optional: true),
        new(Routes.Closure, Routes.Closure.Body!, "2026-06-01T14:00:00+08:00"),
    ];

    private static readonly Step[] Negotiated =
    [
        new(
            Routes.Register,
            Routes.Engineering("001").Replace("\"engineering\"", "\"procurement\"", StringComparison.Ordinal).Replace("\"A01\"", "\"D01\"", StringComparison.Ordinal).Replace("\"open\"", "\"sole-source\"", StringComparison.Ordinal),
            "2026-03-01T09:00:00+08:00"),
        new(Routes.Plan, Routes.Plan.Body!, "2026-03-01T10:00:00+08:00", Repeated: true),
        new(Routes.SoleSource, Routes.SoleSource.Body!.Replace("2026-06-01", "2026-03-02", StringComparison.Ordinal).Replace("2026-06-09", "2026-03-11", StringComparison.Ordinal), "2026-03-02T08:00:00+08:00"),
        new(Routes.Awards, Routes.Awards.Body!, "2026-03-30T11:00:00+08:00"),
        new(Routes.Contracts, Routes.Contracts.Body!, "2026-04-10T17:00:00+08:00"),
        new(Routes.Performance, Routes.Performance.Body!, "2026-06-01T10:00:00+08:00", Repeated: true),
        new(Routes.Acceptance, Routes.Acceptance.Body!, "2026-06-01T11:00:00+08:00"),
        new(Routes.Withdrawal, Routes.Withdrawal.Body!, "2026-06-01T12:00:00+08:00", Optional: true),
        new(Routes.Closure, Routes.Closure.Body!, "2026-06-01T14:00:00+08:00"),
    ];

    /// <param name="Optional">Left out now and then.</param>
    /// <param name="Repeated">May stand several times.</param>
    private sealed record Step(Route Route, string Body, string At, bool Optional = false, bool Repeated = false);
}
