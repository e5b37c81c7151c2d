using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Trading.Ops;
using Trading.Projections;
using Trading.Tests.Feeds.Changes;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Trading.Tests.Intake;
using Trading.Vault;
using Xunit;

namespace Trading.Tests.Acceptance;

/// <summary>Every read there is, of what was accepted: each is to answer 200.</summary>
/// <param name="held">Whether each answer is held against the OpenAPI document.</param>
internal sealed class Readings(TradingApp app, bool held)
{
    private const string Late = "2226-06-01T09:00:00+08:00";

    private static readonly string[] Sorts = ["publishedAt", "-publishedAt", "deadline", "-deadline", "amount", "-amount"];

    private readonly Client anyone = app.Client(role: null, held: held);
    private readonly Client supervisor = app.Client("supervisor", held: held);
    private readonly Client publisher = app.Client(held: held);
    private readonly HashSet<string> codes = [];

    /// <summary>How many answers were demanded.</summary>
    public int Count { get; private set; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What a posting changes at once: the page, its history and the notice.</summary>
    public async Task After((string Path, string Body, JsonNode Receipt) accepted)
    {
        var (procedure, notice) = ((string)accepted.Receipt["procedureId"]!, (string)accepted.Receipt["noticeId"]!);
        foreach (var path in (string[])[$"/v1/procedures/{procedure}", $"/v1/procedures/{procedure}/history", $"/v1/notices/{notice}"])
            await Ok(publisher, path, accepted.Body);
    }

    /// <summary>Everything that tells of the events from a sequence on.</summary>
    /// <returns>The procedures they are of.</returns>
    public async Task<IReadOnlyList<Guid>> Of(long since)
    {
        app.Clock.Set(Late);
        await Feed.CaughtUp(app);
        await Boards.CaughtUp(app.Database);
        var positions = await Posted.Rows<long>(app.Database, string.Create(CultureInfo.InvariantCulture, $"select position from log.leaf where sequence > {since} order by position"));
        var procedures = await Posted.Rows<Guid>(app.Database, string.Create(CultureInfo.InvariantCulture, $"select distinct stream_id from events.mt_events where seq_id > {since}"));
        for (var from = positions[0]; from <= positions[^1]; from += 200)
        {
            var page = await Ok(anyone, $"/v1/changes?after={from}&limit=200");
            Assert.Equal(Math.Min(200, positions[^1] + 1 - from), page["items"]!.AsArray().Count);
            foreach (var code in Codes(page)) codes.Add(code);
        }

        for (var next = $"/v1/ocds/releases?after={positions[0]}&limit=100"; next is not null; next = Next(await Ok(anyone, next)))
        {
        }

        var released = (await Posted.Rows<long>(app.Database, string.Create(CultureInfo.InvariantCulture, $"select count(*) from log.leaf where sequence > {since} and type is not null"))).Single();
        foreach (var procedure in procedures) await Of(procedure);
        foreach (var list in (string[])["notices", "procedures"])
        {
            foreach (var sort in Sorts) await Ok(anyone, $"/v1/{list}?limit=200&sort={sort}");
            await Ok(anyone, $"/v1/{list}?q=示例&sort=relevance&highlight=true&limit=100");
            await Ok(anyone, $"/v1/{list}?facets=category,region&limit=1&publishedFrom=1900-01-02&publishedTo=2200-12-30&deadlineFrom=1900-01-02&deadlineTo=2200-12-30&amountFrom=0&amountTo=99999999999999.999999");
            await Ok(anyone, $"/v1/{list}?limit=50&asOf={positions[^1]}");
            foreach (var by in (string[])["year", "month,category", "region,centre"]) await Ok(anyone, $"/v1/statistics/{list}?by={by}");
            await Ok(anyone, $"/v1/statistics/{list}?by=year&asOf={Uri.EscapeDataString("2026-06-02T00:00:00+08:00")}");
        }

        foreach (var code in codes) await Any(anyone, $"/v1/parties/{code}");
        codes.Clear();
        Assert.Equal(0, (await Posted.Rows<long>(app.Database, string.Create(CultureInfo.InvariantCulture, $"select count(*) from intake.event_defect d join events.mt_events e on e.id = d.event_id where e.seq_id > {since}"))).Single());
        Assert.True(released > 0);
        return procedures;
    }

    /// <summary>Views made anew from the events are what they were, and who mirrors the feed answers as the service does.</summary>
    public async Task InTheEnd(IReadOnlyList<Guid> procedures, long firstPosition)
    {
        var ids = string.Join(',', procedures.Select(id => $"'{id}'"));
        var before = await Views(ids);
        var settings = app.Database.Settings();
        await using var owner = Composition.Store(settings with { Database = settings.Migration }).BuildServiceProvider();
        var rebuild = new Rebuild(owner.GetRequiredService<IDocumentStore>(), app.Services.GetRequiredService<PersonalVault>());
        foreach (var view in Register.Views) await rebuild.Make(view, procedures, (_, _) => { }, Ct);
        Assert.Equal(before, await Views(ids));

        var mirror = new Mirror((await Feed.Changes(anyone, firstPosition)).Select(item => item.AsObject()));
        var answers = new MirroredAnswers(anyone, mirror);
        foreach (var procedure in mirror.Procedures.Where(procedures.Contains).TakeLast(200)) await answers.Same(procedure);
    }

    private async Task Of(Guid procedure)
    {
        var page = await Ok(anyone, $"/v1/procedures/{procedure}");
        await Ok(anyone, $"/v1/procedures/{procedure}/history");
        await Ok(anyone, $"/v1/ocds/records/{(string)page["ocid"]!}");
        var notices = await Ok(anyone, $"/v1/notices?procedure={procedure}&limit=200&sort=deadline&facets=type,category,region,centre");
        foreach (var item in notices["items"]!.AsArray())
        {
            await Ok(anyone, (string)item!["links"]!["self"]!);
            await Ok(anyone, $"/v1/ocds/releases/{(string)item["noticeId"]!}");
        }

        await Any(anyone, $"/v1/notices?procedure={procedure}&q={Uri.EscapeDataString(Short((string)page["title"]!))}&sort=relevance&highlight=true");
        if ((string?)page["initiator"]?["name"] is { Length: > 0 } name) await Any(anyone, $"/v1/procedures?initiator={Uri.EscapeDataString(Short(name))}");
        var last = (long)page["position"]!;
        foreach (var path in (string[])[$"/v1/procedures/{procedure}", $"/v1/procedures/{procedure}/history"]) await Ok(anyone, $"{path}?asOf={last}");
        foreach (var part in (string[])["audit", "evidence"]) await Ok(supervisor, $"/v1/supervision/procedures/{procedure}/{part}", isJson: part is "audit");
        var replay = await supervisor.PostText($"/v1/supervision/procedures/{procedure}/replay", Routes.Replay.Body!);
        Demand(replay, "replay", procedure.ToString());
    }

    private async Task<IReadOnlyList<string>> Views(string ids)
    {
        var views = new List<string>();
        foreach (var view in Register.Views)
        {
            var table = app.Store.Options.Schema.For(view.Row);
            views.AddRange(await Posted.Rows<string>(app.Database, $"select '{view.Name} ' || id || ' ' || md5(data::text) from {table} where {view.Procedure} in ({ids}) order by id"));
        }

        return views;
    }

    private async Task<JsonNode> Ok(Client client, string path, string? after = null, bool isJson = true)
    {
        var answer = await client.Get(path);
        Demand(answer, path, after);
        return isJson ? answer.Json : new JsonObject();
    }

    /// <summary>What may be refused as a question, but not fail.</summary>
    private async Task Any(Client client, string path)
    {
        var answer = await client.Get(path);
        Count++;
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.NotFound, $"{(int)answer.Status} {path}: {answer.Body}");
    }

    private void Demand(Answer answer, string path, string? after)
    {
        Count++;
        Assert.True(answer.Status is HttpStatusCode.OK, $"{(int)answer.Status} {path}: {answer.Body} after {after}");
    }

    private static string? Next(JsonNode package) => (string?)package["links"]?["next"] is { } next ? new Uri(next).PathAndQuery : null;

    private static string Short(string text) => text.Length <= 100 ? text : char.IsHighSurrogate(text[99]) ? text[..99] : text[..100];

    private static IEnumerable<string> Codes(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member is { Key: "creditCode", Value: JsonValue code } ? [(string)code!] : Codes(member.Value)),
        JsonArray items => items.SelectMany(Codes),
        _ => [],
    };
}
