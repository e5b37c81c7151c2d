using System.Net;
using System.Text.Json.Nodes;
using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Read.Codes;

[Collection(TradingApp.Collection)]
public sealed class FindRegionsTests(TradingApp app)
{
    private readonly Client anyone = app.Client(role: null);

    [Fact]
    public async Task every_region_in_force_stands_within_the_one_above_it()
    {
        var tree = (await anyone.Get("/v1/regions")).Expect(HttpStatusCode.OK).Json;

        Assert.Equal(Regions.Version, (string?)tree["version"]);
        var told = Flat(tree["items"]!.AsArray(), null).ToList();
        Assert.Equal(
            Regions.All.Where(region => !region.IsAbolished).Select(region => (region.ToString(), region.Parent is { IsAbolished: false } parent ? parent.ToString() : null)).Order(),
            told.Order());
        Assert.True(told.Count > 3_000, $"{told.Count} regions");
    }

    [Fact]
    public async Task a_place_is_told_with_what_lies_within_it()
    {
        var city = (await anyone.Get("/v1/regions?within=4205")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Single()!;

        Assert.Equal(("420500", "宜昌市", "city"), ((string?)city["code"], (string?)city["name"], (string?)city["level"]));
        Assert.Contains(city["within"]!.AsArray(), county => (string?)county!["name"] is "西陵区");
    }

    [Fact]
    public async Task abolished_codes_are_told_when_asked_for()
    {
        var abolished = Regions.All.First(region => region is { IsAbolished: true, Level: RegionLevel.County });
        var path = $"/v1/regions?within={abolished.ToString()[..2]}";
        Assert.DoesNotContain($"\"{abolished}\"", (await anyone.Get(path)).Body, StringComparison.Ordinal);
        Assert.Contains($"\"{abolished}\"", (await anyone.Get(path + "&abolished=true")).Body, StringComparison.Ordinal);
    }

    private static IEnumerable<(string, string?)> Flat(JsonArray items, string? above) => items.SelectMany(item =>
        Flat(item!["within"]?.AsArray() ?? [], (string)item["code"]!).Prepend(((string)item["code"]!, above)));
}
