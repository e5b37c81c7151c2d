using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Trading.Events;
using Trading.Kernel;
using Trading.Projections;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Projections;

/// <summary>What is personal can be erased; an index that had it would keep it. So nothing personal of any event comes into a list.</summary>
public sealed class ImpersonalTests
{
    private const string Canary = "密语不可搜";

    private static readonly HashSet<string> said = [];

    /// <summary>Every kind of event, each personal member of it saying what nobody may find.</summary>
    private static readonly IReadOnlyList<(string Sample, INoticed Fact)> spoilt =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Tests, "Contracts", "events"), "*.json").Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileNameWithoutExtension(file), Kind: Catalogue.All.FirstOrDefault(kind => kind.WireName == Path.GetFileName(file).Split('.')[0]), file))
            .Where(sample => sample.Kind is not null).Select(sample => (sample.Item1, Spoil(sample.Kind!.Type, JsonNode.Parse(File.ReadAllText(sample.file))!))),
        .. Lives.All.SelectMany(life => life.Facts.Select(fact => (life.Name, Spoil(fact.GetType(), JsonNode.Parse(Stored.Json(fact))!)))),
        .. CompleteNotices.Of(TradeCategory.Procurement, ProcedureMethod.Open).Select(fact => ("complete", Spoil(fact.GetType(), JsonNode.Parse(Stored.Json(fact))!))),
    ];

    [Fact]
    public void every_kind_says_something_personal_in_every_way_it_can()
    {
        Assert.Equal(Catalogue.All.Select(kind => kind.Type), Catalogue.All.Select(kind => kind.Type).Intersect(spoilt.Select(sample => sample.Fact.GetType())));
        Assert.All(spoilt, sample => Assert.Contains(Canary, Stored.Json(sample.Fact), StringComparison.Ordinal));

        var members = typeof(Sealable).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Sealable)))
            .SelectMany(type => type.GetProperties().Where(property => property.IsDefined(typeof(PersonalAttribute), inherit: false)).Select(property => $"{type.Name}.{property.Name}"));
        Assert.Empty(members.Except(said, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void no_row_of_a_notice_says_it()
    {
        var rows = spoilt.SelectMany(sample => NoticeRow.Of(Recording.Of(sample.Fact)).Select(row => (sample.Sample, Row: Stored.Json(row) + row.Wording))).ToList();

        Assert.True(rows.Count > 50, $"{rows.Count} rows");
        Assert.Empty(rows.Where(row => row.Row.Contains(Canary, StringComparison.Ordinal)).Select(row => row.Sample));
    }

    [Fact]
    public void no_row_of_a_procedure_is_found_by_it()
    {
        var rows = Lives.All.Select(life => (life.Name, Row: ProcedureRow.Of(Recording.Of([.. life.Facts.Select(fact => Spoil(fact.GetType(), JsonNode.Parse(Stored.Json(fact))!))])).Single())).ToList();

        Assert.Empty(rows.Where(row => row.Row.Wording.Contains(Canary, StringComparison.Ordinal)).Select(row => row.Name));
    }

    private static INoticed Spoil(Type type, JsonNode json)
    {
        Spoil(WireJson.Stored.GetTypeInfo(type), json);
        return (INoticed)JsonSerializer.Deserialize(json, type, WireJson.Stored)!;
    }

    private static void Spoil(JsonTypeInfo type, JsonNode? json)
    {
        if (json is JsonArray items && type.ElementType is { } element)
        {
            foreach (var item in items) Spoil(WireJson.Stored.GetTypeInfo(element), item);
        }
        else if (json is JsonObject members && type.Kind is JsonTypeInfoKind.Object)
        {
            var actual = type.PolymorphismOptions is { } options && (string?)members[options.TypeDiscriminatorPropertyName] is { } kind
                ? WireJson.Stored.GetTypeInfo(options.DerivedTypes.First(derived => (string?)derived.TypeDiscriminator == kind).DerivedType)
                : type;
            foreach (var property in actual.Properties)
            {
                if (PersonalAttribute.IsOn(property))
                {
                    members[property.Name] = Filled(WireJson.Stored.GetTypeInfo(property.PropertyType));
                    said.Add($"{actual.Type.Name}.{property.Name}");
                }
                else
                {
                    Spoil(WireJson.Stored.GetTypeInfo(property.PropertyType), members[property.Name]);
                }
            }
        }
    }

    private static JsonNode Filled(JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Object => new JsonObject(type.Properties.Where(property => property.Name is not Sealable.Member)
            .Select(property => KeyValuePair.Create(property.Name, (JsonNode?)Filled(WireJson.Stored.GetTypeInfo(property.PropertyType))))),
        JsonTypeInfoKind.Enumerable => new JsonArray(Filled(WireJson.Stored.GetTypeInfo(type.ElementType!))),
        _ => JsonValue.Create(Canary),
    };
}
