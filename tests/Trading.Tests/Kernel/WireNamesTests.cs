using System.Text.Json;
using Trading.Events;
using Trading.Kernel;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class WireNamesTests
{
    public static TheoryData<Type> Enums => [.. typeof(WireNames).Assembly.GetTypes().Where(type => type is { IsEnum: true, IsPublic: true })];

    [Theory, MemberData(nameof(Enums))]
    public void the_name_of_every_case_is_that_of_the_json_and_no_two_are_alike(Type type)
    {
        var names = Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.Serialize(value, type, WireJson.Stored)).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^\"[a-z0-9]+(-[a-z0-9]+)*\"$", name));
        Assert.All(Enum.GetValues(type).Cast<object>(), value => Assert.Equal(
            value, JsonSerializer.Deserialize(JsonSerializer.Serialize(value, type, WireJson.Stored), type, WireJson.Strict)));
    }

    [Fact]
    public void all_names_stand_in_the_order_of_the_cases()
    {
        Assert.Equal(["engineering", "procurement", "land", "mineral", "property", "other"], WireNames.All<TradeCategory>());
        Assert.Equal("sole-source", WireNames.Of(ProcedureMethod.SoleSource));
    }
}
