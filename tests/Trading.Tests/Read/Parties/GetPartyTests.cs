using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using JasperFx.Events;
using Trading.Events;
using Trading.Kernel;
using Trading.Projections;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Read.Parties;

/// <summary>A party's page is what a replay of every event from the first on says of it: now and in the past.</summary>
[Collection(TradingApp.Collection)]
public sealed class GetPartyTests(TradingApp app, ITestOutputHelper output)
{
    private const int Seed = 20_271_300, Procedures = 30, Instants = 300, Latest = 10;

    /// <summary>The parties of these procedures under codes nobody else has.</summary>
    private static readonly Dictionary<string, string> codes = RandomNotices.Bidders.Select((party, i) => (party.CreditCode!.ToString(), Checked($"9142050000000P{i}A4")[..18])).ToDictionary();

    private readonly Client anyone = app.Client(role: null);
    private readonly Random random = new(Seed);

    [Fact]
    public async Task now_and_at_random_instants_it_is_what_a_replay_says()
    {
        output.WriteLine($"seed {Seed}");
        var histories = await Histories.Record(app, random, new RandomNotices(Seed, days: 700), Procedures, Own);
        await Boards.CaughtUp(app.Database);

        var (told, unknown, roles) = (0, 0, new HashSet<string>());
        for (var i = 0; i < Instants; i++)
        {
            var (asOf, then) = i < codes.Count ? (null, h => h.Events) : histories.Moment(random);
            var code = i < codes.Count ? codes.Values.ElementAt(i) : codes.Values.ElementAt(random.Next(codes.Count));
            var involved = histories.All.Select(then).Where(events => events.Count > 0).Select(events => Involved.Of(events, code)).Where(one => one.Parts.Count > 0).ToList();

            var answer = await anyone.Get($"/v1/parties/{code}{(asOf is null ? "" : $"?asOf={asOf}")}");
            if (involved.Count is 0)
            {
                answer.Refused(HttpStatusCode.NotFound, "not-found");
                unknown++;
                continue;
            }

            var page = answer.Expect(HttpStatusCode.OK).Json;
            Assert.Equal(Roles(involved), page["roles"]!.AsArray().Select(role => Written(role!)));
            Assert.Equal(
                involved.OrderByDescending(one => one.Parts.Max(part => part.At)).ThenByDescending(one => one.Page.Id.ToString(), StringComparer.Ordinal).Take(Latest)
                    .Select(one => $"{one.Page.Id} {one.Page.Title} {WireNames.Of(one.Page.Status)} {string.Join(',', one.Parts.Select(part => part.Role).Distinct().Order().Select(WireNames.Of))}"),
                page["latest"]!.AsArray().Select(one => $"{one!["procedureId"]} {one["title"]} {one["status"]} {string.Join(',', one["roles"]!.AsArray())}"));
            Assert.Equal(involved.SelectMany(one => one.Parts).Select(part => part.Party.Name).Distinct(), page["names"]!.AsArray().Select(name => (string)name!));
            Assert.Equal(asOf is not null, answer.Headers.ContainsKey("Memento-Datetime"));
            foreach (var role in page["roles"]!.AsArray()) roles.Add((string)role!["role"]!);
            if (i % 20 is 0) await Follow(page, asOf is null);
            told++;
        }

        Assert.True((told, unknown) is (> 200, > 0), $"{told} told, {unknown} unknown");
        Assert.Equal(["agency", "bidder", "candidate", "initiator", "supplier"], roles.Order(StringComparer.Ordinal));
    }

    /// <summary>What has a link to a list of procedures has as many there.</summary>
    private async Task Follow(JsonNode page, bool isNow)
    {
        foreach (var role in page["roles"]!.AsArray().Where(role => ((string)role!["link"]!).StartsWith("/v1/procedures", StringComparison.Ordinal)))
        {
            Assert.Equal(isNow, !((string)role!["link"]!).Contains("asOf", StringComparison.Ordinal));
            Assert.Equal((int)role["procedures"]!, (await anyone.Get($"{role["link"]}&limit=200")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Count);
        }
    }

    private static IEnumerable<string> Roles(IReadOnlyList<Involved> involved) =>
        from role in Enum.GetValues<PartyRole>()
        let of = involved.Select(one => (one.Page, Parts: one.Parts.Where(part => part.Role == role).ToList())).Where(one => one.Parts.Count > 0).ToList()
        where of.Count > 0
        let parts = of.SelectMany(one => one.Parts).ToList()
        let amounts = of.Select(one => Figures.Sum(one.Parts.SelectMany(part => part.Prices))).OfType<decimal>().ToList()
        select string.Join(
            '|', WireNames.Of(role), of.Count, parts.Any(part => part.Lot is not null) ? $"{of.Sum(one => one.Parts.Select(part => part.Lot).Distinct().Count())}" : "",
            amounts.Count is 0 ? "" : Decimal(amounts.Sum()), Micro(parts.Min(part => part.At)), Micro(parts.Max(part => part.At)),
            string.Join(',', of.GroupBy(one => WireNames.Of(one.Page.Category)).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key}={g.Count()}")));

    private static string Written(JsonNode role) => string.Join(
        '|', (string)role["role"]!, (long)role["procedures"]!, role["lots"]?.ToString(), role["amount"] is { } amount ? Decimal(decimal.Parse((string)amount!, CultureInfo.InvariantCulture)) : "",
        Micro(DateTimeOffset.Parse((string)role["firstAt"]!, CultureInfo.InvariantCulture)), Micro(DateTimeOffset.Parse((string)role["lastAt"]!, CultureInfo.InvariantCulture)),
        string.Join(',', role["byCategory"]!.AsArray().Select(each => $"{each!["value"]}={each["count"]}")));

    private static string Decimal(decimal amount) => amount.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Micro(DateTimeOffset at) => StoredTime.Column(at).ToString("O", CultureInfo.InvariantCulture);

    private static INoticed Own(INoticed fact) => Coded(fact is ProcedureRegistered { Lots: [{ Estimate: null }, ..] } registered ? registered with { Agency = RandomNotices.Bidders[1] } : fact);

    private static INoticed Coded(INoticed fact) => (INoticed)JsonSerializer.Deserialize(
        codes.Aggregate(Stored.Json(fact), (json, code) => json.Replace($"\"{code.Key}\"", $"\"{code.Value}\"", StringComparison.Ordinal)), fact.GetType(), WireJson.Stored)!;

    private static string Checked(string stem) => "0123456789ABCDEFGHJKLMNPQRTUWXY".Select(check => stem + check).First(code => global::Trading.Kernel.Written.TryParse<CreditCode>(code) is not null);

    /// <param name="Parts">What the party is in the procedure.</param>
    private sealed record Involved(ProcedurePage Page, IReadOnlyList<Part> Parts)
    {
        public static Involved Of(IReadOnlyList<IEvent> events, string code)
        {
            var fold = events.Aggregate((PartyFold?)null, PartyFold.Show)!;
            return new Involved(fold.Page, [.. fold.Parts().Where(part => part.Party.CreditCode?.ToString() == code)]);
        }
    }
}
