using System.Text.Json;
using CsCheck;
using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class CreditCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static readonly string[] examples =
        ["91350100M000100Y43", "91431300730533108L", "915100007315963973", "91430000093074024H"];

    [Theory]
    [InlineData("91350100M000100Y43", "350100")]
    [InlineData("91431300730533108L", "431300")]
    [InlineData("915100007315963973", "510000")]
    [InlineData("91430000093074024H", "430000")]
    public void the_worked_examples_hold(string text, string region)
    {
        var code = WrittenForm.Keeps<CreditCode>(text);
        Assert.Equal(region, code.RegistryRegion);
        Assert.True(code.RegistryRegionKnown);
        Assert.True(code.CategoryKnown);
        Assert.True(code.OrganisationCheckHolds);
    }

    [Theory]
    [InlineData("", "credit-code.length")]
    [InlineData("91350100M000100Y4", "credit-code.length")]
    [InlineData("91350100M000100Y433", "credit-code.length")]
    [InlineData("91350100M000100Y43\n", "credit-code.length")]
    [InlineData("91350100m000100y43", "credit-code.alphabet")]
    [InlineData("91350100M000100O43", "credit-code.alphabet")]
    [InlineData("91350100M000100I43", "credit-code.alphabet")]
    [InlineData("91350100M000100S43", "credit-code.alphabet")]
    [InlineData("91350100M000100V43", "credit-code.alphabet")]
    [InlineData("91350100M000100Z43", "credit-code.alphabet")]
    [InlineData("９１３５０１００M000100Y43", "credit-code.alphabet")]
    [InlineData("01350100M000100Y43", "credit-code.authority")]
    [InlineData("B1350100M000100Y43", "credit-code.authority")]
    [InlineData("9135010AM000100Y43", "credit-code.registry-region")]
    [InlineData("91350100M000100Y44", "credit-code.check-character")]
    public void what_the_standard_does_not_allow_is_refused_with_its_flaw(string text, string flaw) =>
        Assert.Equal(flaw, Assert.Throws<InvalidValueException>(() => CreditCode.Parse(text)).Flaw.Code);

    [Fact]
    public void another_character_in_any_place_is_caught()
    {
        foreach (var text in examples)
            foreach (var at in Enumerable.Range(0, 18))
                foreach (var other in Alphabet.Where(c => c != text[at]))
                    Assert.False(WrittenForm.Accepts<CreditCode>(text[..at] + other + text[(at + 1)..]), $"{text} with {other} at {at}");
    }

    [Fact]
    public void any_single_error_in_any_code_is_caught() =>
        Gen.Select(Valid, Gen.Int[0, 17], Gen.Char[Alphabet]).Sample((text, at, other) =>
            Assert.Equal(text[at] == other, WrittenForm.Accepts<CreditCode>(text[..at] + other + text[(at + 1)..])));

    [Fact]
    public void any_two_different_neighbours_swapped_are_caught() =>
        Gen.Select(Valid, Gen.Int[0, 16]).Sample((text, at) =>
            Assert.Equal(
                text[at] == text[at + 1],
                WrittenForm.Accepts<CreditCode>(text[..at] + text[at + 1] + text[at] + text[(at + 2)..])));

    [Theory]
    [InlineData("91", true)]
    [InlineData("94", false)]
    [InlineData("93", true)]
    [InlineData("31", true)]
    [InlineData("36", false)]
    [InlineData("62", true)]
    [InlineData("N3", true)]
    [InlineData("A1", true)]
    [InlineData("Y1", true)]
    [InlineData("Y9", false)]
    [InlineData("9A", false)]
    public void whether_the_standard_has_the_kind_of_organisation_is_told(string start, bool known) =>
        Assert.Equal(known, CreditCode.Parse(Complete(start + "350100M000100Y4")).CategoryKnown);

    [Theory]
    [InlineData("100000", true)]
    [InlineData("110103", true)]
    [InlineData("990000", false)]
    [InlineData("000000", false)]
    public void whether_the_region_of_the_registry_is_known_is_told(string region, bool known) =>
        Assert.Equal(known, CreditCode.Parse(Complete($"91{region}M000100Y4")).RegistryRegionKnown);

    [Theory]
    [InlineData("M000100Y4", true)]
    [InlineData("M000100Y5", false)]
    [InlineData("730533108", true)]
    [InlineData("00000006X", true)]
    [InlineData("000000000", true)]
    [InlineData("MA0000000", false)]
    public void whether_the_organisation_code_has_its_check_character_is_told(string organisation, bool holds) =>
        Assert.Equal(holds, CreditCode.Parse(Complete($"91350100{organisation}")).OrganisationCheckHolds);

    [Fact]
    public void every_code_of_real_bid_openings_passes()
    {
        using var openings = JsonDocument.Parse(File.ReadAllText(RealData.Find("bid-openings.json")));
        var codes = openings.RootElement.EnumerateArray()
            .SelectMany(project => project.GetProperty("bids").EnumerateArray())
            .Select(bid => CreditCode.Parse(bid.GetProperty("creditCode").GetString()!))
            .ToList();

        Assert.Equal(75, codes.Count);
        Assert.Equal("", string.Join(", ", codes.Where(c => !c.CategoryKnown || !c.OrganisationCheckHolds)));
        // Registries of zones have codes of their own, in no list of regions.
        Assert.Equal(["520190", "540091"], codes.Where(c => !c.RegistryRegionKnown).Select(c => c.RegistryRegion).Order());
    }

    private static Gen<string> Valid =>
        Gen.Select(Gen.Char["12345678ANY9"], Gen.Char[Alphabet], Gen.String[Gen.Char["0123456789"], 6, 6], Gen.String[Gen.Char[Alphabet], 9, 9])
            .Select((authority, kind, region, organisation) => Complete($"{authority}{kind}{region}{organisation}"));

    /// <summary>Finds the check character by trying: there must be exactly one.</summary>
    private static string Complete(string start) => Assert.Single(Alphabet.Select(c => start + c), WrittenForm.Accepts<CreditCode>);
}
