using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;
using Trading.Ocds;
using Trading.Ocds.Merging;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ocds;

/// <summary>
/// Histories by chance as releases and records. <c>TRADING_OCDS_HISTORIES</c> says how many (otherwise 200), <c>TRADING_OCDS_SEED</c> from
/// which seed on.
/// </summary>
public sealed class GeneratedHistoriesTests
{
    private const int UsualHistories = 200;
    private const int JudgedAtOnce = 1000;
    private static readonly MergeRules Schema = MergeRules.Of(OcdsStandard.ReleaseSchema);
    private static readonly Publisher Publisher = new("示例市公共资源交易中心");
    private static readonly IReadOnlyList<string> Tags = OcdsStandard.Codes("releaseTag.csv");

    [Fact]
    public async Task releases_and_records_of_any_history_follow_the_standard()
    {
        var (first, histories) = (Setting("SEED", 20260301), Setting("HISTORIES", UsualHistories));
        TestContext.Current.SendDiagnosticMessage("seeds {0} to {1}", first, first + histories - 1);
        var packages = new List<JsonNode>();
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = first; seed < first + histories; seed++)
        {
            var events = new RandomLives(seed).Next();
            var told = Releases.Told(events, Contacts.None, Told.Service).ToList();
            var releases = told.Select(t => t.Release).ToList();
            Assert.Equal(
                events.Where(e => ((INoticed)e.Data).Notice.Disclosure.IsPublic).Select(e => e.Id.ToString()), releases.Select(release => (string)release["id"]!));
            if (releases.Count is 0) continue;

            HoldsDates(seed, releases);
            HoldsTags(seed, releases, seen);
            HoldsMerging(seed, told);
            packages.Add(Node(Packages.OfReleases(Publisher, Told.Service, "v1/ocds/releases", releases)));
            packages.Add(Node(Packages.OfRecords(Publisher, Told.Service, "v1/ocds/records", [Records.Whole(releases)])));
            if (packages.Count < JudgedAtOnce) continue;
            await Judge(packages);
        }

        Assert.Equal(Tags.Except(["compiled"]).Order(StringComparer.Ordinal), seen.Keys);
        await Judge(packages);
    }

    /// <summary>An award that is disclosed after its cancellation takes no document out of its place.</summary>
    [Theory, InlineData(20269215)]
    public void a_history_that_once_lost_a_document(int seed) => HoldsMerging(seed, [.. Releases.Told(new RandomLives(seed).Next(), Contacts.None, Told.Service)]);

    private static async Task Judge(List<JsonNode> packages)
    {
        TestContext.Current.SendDiagnosticMessage("{0}", (await OcdsStandard.Accepts(packages)).Trim());
        packages.Clear();
    }

    /// <summary>No two releases have one date, and as text the dates sort as they follow each other: some merge by text.</summary>
    private static void HoldsDates(int seed, List<JsonObject> releases)
    {
        var dates = releases.Select(release => (string)release["date"]!).ToList();
        Assert.True(dates.SequenceEqual(dates.Distinct().Order(StringComparer.Ordinal)), $"seed {seed}: {string.Join(", ", dates)}");
    }

    private static void HoldsTags(int seed, List<JsonObject> releases, SortedDictionary<string, int> seen)
    {
        var before = new HashSet<string>();
        foreach (var tags in releases.Select(release => release["tag"]!.AsArray().Select(tag => (string)tag!).ToList()))
        {
            Assert.True(tags.Count > 0 && tags.Distinct().Count() == tags.Count && !tags.Except(Tags).Any(), $"seed {seed}: {string.Join(", ", tags)}");
            foreach (var tag in tags)
            {
                seen[tag] = seen.GetValueOrDefault(tag) + 1;
                if (Presupposed(tag) is { } stage) Assert.True(before.Concat(tags.TakeWhile(t => t != tag)).Any(stage.Contains), $"seed {seed}: {tag} after {string.Join(", ", before)}");
            }

            before.UnionWith(tags);
        }
    }

    /// <summary>Of which tags one was there before, by the words of the code list.</summary>
    private static string[]? Presupposed(string tag) => tag switch
    {
        "planningUpdate" => ["planning"],
        "tenderUpdate" or "tenderAmendment" => ["tender"],
        "tenderCancellation" => ["planning", "tender", "award", "contract", "implementation", "contractTermination"],
        "awardUpdate" or "awardCancellation" => ["award"],
        "contractUpdate" or "contractAmendment" => ["contract"],
        "implementationUpdate" => ["implementation"],
        _ => null,
    };

    /// <summary>After each release: what merging gives is what the public knows, whichever rules are used, and the versioned release remembers it.</summary>
    private static void HoldsMerging(int seed, List<(JsonObject Release, JsonObject Known)> told)
    {
        var releases = told.Select(t => t.Release).ToList();
        var versioned = PublishedRules.All.Version(releases);
        Assert.Equal(Schema.Version(releases).ToJsonString(), versioned.ToJsonString());
        Assert.Equal(Schema.Compile(releases).ToJsonString(), PublishedRules.All.Compile(releases).ToJsonString());
        for (var known = 1; known <= told.Count; known++)
        {
            var where = $"seed {seed}, release {known} of {told.Count}";
            var compiled = PublishedRules.All.Compile(releases[..known]);
            Assert.True(Told.Contents(told[known - 1].Known) == Told.Contents(compiled), $"{where}\n{Told.Apart(told[known - 1].Known, compiled)}");
            var remembered = Told.AsOf(versioned, (string)releases[known - 1]["date"]!)!.AsObject();
            Assert.True(Told.Contents(compiled) == Told.Contents(remembered), $"{where}\n{Told.Apart(compiled, remembered)}");
        }
    }

    private static JsonNode Node<T>(T package) => JsonSerializer.SerializeToNode(package, WireJson.Stored)!;

    private static int Setting(string name, int usual) =>
        Environment.GetEnvironmentVariable("TRADING_OCDS_" + name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
