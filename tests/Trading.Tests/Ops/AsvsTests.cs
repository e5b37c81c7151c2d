using System.Globalization;
using System.Text.RegularExpressions;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>ops/asvs.csv: for each requirement of OWASP ASVS 5.0, levels 1 and 2, the tests that show it or the reason why there are none.</summary>
public sealed partial class AsvsTests
{
    private static readonly string[][] lines = [.. File.ReadLines(Repository.PathOf("ops", "asvs.csv")).Skip(1).Select(Cells)];

    [Fact]
    public void every_requirement_has_its_tests_or_its_reason()
    {
        Assert.True(lines.Length > 150);
        Assert.Empty(lines.Where(line => line is not [var requirement, "1" or "2", { Length: > 0 }, var tests, var reason]
            || !Requirement().IsMatch(requirement) || (tests.Length is 0) == (reason.Length is 0)).Select(line => string.Join(',', line)));
        Assert.Equal(lines.Length, lines.Select(line => line[0]).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, 17), lines.Select(line => int.Parse(line[0].Split('.')[0], CultureInfo.InvariantCulture)).Distinct());
    }

    [Fact]
    public void every_test_that_is_named_exists()
    {
        var named = lines.SelectMany(line => line[3].Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct().ToList();
        Assert.NotEmpty(named);
        var classes = typeof(AsvsTests).Assembly.GetTypes().Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute), inherit: true))).Select(type => type.Name);
        Assert.Empty(named.Except(classes));
    }

    private static string[] Cells(string line) =>
        [.. Cell().Matches(line).Select(cell => cell.Groups["quoted"].Success ? cell.Groups["quoted"].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : cell.Groups["plain"].Value)];

    [GeneratedRegex("""(?<=^|,)(?:"(?<quoted>(?:[^"]|"")*)"|(?<plain>[^",]*))(?=,|$)""")]
    private static partial Regex Cell();

    [GeneratedRegex(@"^[1-9][0-9]?(\.[1-9][0-9]?){0,2}$")]
    private static partial Regex Requirement();
}
