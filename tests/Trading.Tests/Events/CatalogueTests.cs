using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using Trading.Supervision.Alerts;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Events;

/// <summary>Events outlive the code: each kind stands in the catalogue, and its frozen sample can be read for ever.</summary>
public sealed partial class CatalogueTests
{
    private static readonly string Folder = Path.Combine(Repository.Tests, "Contracts", "events");

    private static readonly (string WireName, Type Type)[] kinds =
        [.. Catalogue.All.Select(kind => (kind.WireName, kind.Type)), .. Catalogue.Alerts.Select(kind => (kind.WireName, kind.Type))];

    public static TheoryData<string> WireNames => [.. kinds.Select(kind => kind.WireName)];

    /// <summary>The first of each kind, and one more (<c>.2</c>, <c>.3</c>) for each time that members were added to it.</summary>
    public static TheoryData<string> Samples => [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void the_catalogue_lists_every_event_and_nothing_else() => Assert.Equal(
        typeof(INoticed).Assembly.GetTypes().Where(t => (t.IsAssignableTo(typeof(INoticed)) || t.IsAssignableTo(typeof(IAlerted))) && !t.IsAbstract).Select(t => t.Name).Order(),
        kinds.Select(kind => kind.Type.Name).Order());

    [Fact]
    public void every_event_is_a_sealed_record_in_its_folder() => Assert.All(
        kinds, kind => Assert.True(kind.Type is { IsSealed: true, Namespace: "Trading.Events" }, kind.Type.FullName));

    [Fact]
    public void wire_names_are_kebab_and_stand_once()
    {
        Assert.All(kinds, kind => Assert.Matches(Kebab(), kind.WireName));
        Assert.Equal(kinds.Length, kinds.DistinctBy(kind => kind.WireName).Count());
    }

    [Fact]
    public void kinds_are_found_by_name_by_type_and_by_fact()
    {
        Assert.All(Catalogue.All, kind => Assert.Same(kind, Catalogue.Find(kind.WireName)));
        Assert.Null(Catalogue.Find("no-such-event"));
        Assert.Equal("plan-published", Catalogue.Of(Harness.Samples.Planned()).WireName);
        Assert.Equal("plan-published", Catalogue.Of<PlanPublished>().WireName);
        Assert.Equal("plan-published", Catalogue.Name(typeof(PlanPublished)));
    }

    [Fact]
    public void every_kind_has_a_title_and_a_citation_in_every_category() => Assert.All(
        from kind in Catalogue.All from category in Enum.GetValues<TradeCategory>() select (kind, category),
        of =>
        {
            Assert.Matches(Chinese(), of.kind.Titles(of.category));
            Assert.Matches(Chinese(), of.kind.Citations(of.category));
        });

    [Fact]
    public void there_is_no_sample_of_an_event_that_does_not_exist() => Assert.Equal(
        kinds.Select(kind => kind.WireName + ".json").Order(StringComparer.Ordinal),
        Samples.Select(sample => KindOf(sample.Data) + ".json").Distinct().Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Samples))]
    public void the_frozen_sample_is_read_and_written_the_same(string sample)
    {
        var (frozen, fact) = Read(sample);

        Assert.True(JsonNode.DeepEquals(frozen, JsonNode.Parse(Stored.Json(fact))), $"{frozen}\n— became —\n{Stored.Json(fact)}");
    }

    [Theory, MemberData(nameof(WireNames))]
    public void the_last_frozen_sample_has_every_member(string wireName)
    {
        var last = Samples.Select(sample => sample.Data).Last(sample => KindOf(sample) == wireName);
        var (frozen, fact) = Read(last);

        var missing = Missing(fact.GetType(), frozen, "").ToList();
        Assert.True(missing.Count is 0, $"{last}.json lacks {string.Join(", ", missing)}; what is added to a published event stands in one more sample");
    }

    public static TheoryData<Type, string> States =>
    [
        .. from state in typeof(IStage<>).Assembly.GetTypes()
           where !state.IsAbstract && state != typeof(AlertState) && state.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IFolded<>))
           from sample in Samples
           where Catalogue.Find(KindOf(sample.Data)) is not null
           select (state, sample.Data),
    ];

    [Fact]
    public void there_are_states_of_every_stage() => Assert.True(
        States.Select(row => row.Data.Item1).Distinct().Count() >= 12, "fewer states than stages");

    [Theory, MemberData(nameof(States), DisableDiscoveryEnumeration = true)]
    public void the_frozen_sample_folds_into_every_state(Type state, string sample)
    {
        var fold = state.GetMethod("Fold", BindingFlags.Static | BindingFlags.Public, [state, typeof(object)])!;

        var registered = fold.Invoke(null, [null, Read("procedure-registered").Fact]);
        Assert.NotNull(registered);
        Assert.NotNull(fold.Invoke(null, [registered, Read(sample).Fact]));
    }

    [Theory]
    [InlineData("alert-raised"), InlineData("alert-settled")]
    public void the_frozen_sample_of_an_alert_folds_into_its_state(string wireName) =>
        Assert.Single(AlertState.Fold(null, Read(wireName).Fact)!.Told);

    private static string KindOf(string sample) => sample.Split('.')[0];

    private static (JsonNode Frozen, object Fact) Read(string sample)
    {
        var path = Path.Combine(Folder, sample + ".json");
        var type = kinds.Single(kind => kind.WireName == KindOf(sample)).Type;
        Assert.True(
            File.Exists(path),
            $"There is no {path}. A new event needs a frozen sample with every optional member, written by hand after the others. "
            + "The sample of a published event is never changed.");
        var json = File.ReadAllText(path);
        return (JsonNode.Parse(json)!, JsonSerializer.Deserialize(json, type, WireJson.Stored)!);
    }

    /// <summary>Members that the type's constructor takes and the JSON does not have; of lists the first item is looked at.</summary>
    private static IEnumerable<string> Missing(Type type, JsonNode? node, string at)
    {
        if (node is JsonArray array)
        {
            var item = type.GetGenericArguments()[0];
            return array.Count is 0 ? [at + "[]"] : Missing(item, array[0], at + "[0]");
        }

        if (node is not JsonObject members) return [];
        if (members["outcome"] is { } outcome && type == typeof(LotResult))
            type = outcome.GetValue<string>() is "awarded" ? typeof(LotResult.Awarded) : typeof(LotResult.Failed);
        if (type == typeof(Price)) return [];

        return from property in type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters()
               where type.GetProperty(property.Name!)?.IsDefined(typeof(PersonalAttribute)) is not true   // sealed before it is stored
               let name = JsonNamingPolicy.CamelCase.ConvertName(property.Name!)
               from missing in members.ContainsKey(name) ? Missing(property.ParameterType, members[name], $"{at}.{name}") : [$"{at}.{name}"]
               select missing;
    }

    [GeneratedRegex(@"\A[a-z]+(-[a-z]+)*\z")]
    private static partial Regex Kebab();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();
}
