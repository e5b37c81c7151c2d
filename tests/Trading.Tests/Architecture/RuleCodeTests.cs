using System.Reflection;
using System.Text.RegularExpressions;
using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Architecture;

/// <summary>What clients may branch on: each code stands once, is spelt alike, and is explained and tested.</summary>
public sealed partial class RuleCodeTests
{
    private static readonly List<Rule> Rules = StaticFields<Rule>();
    private static readonly List<Flaw> Flaws = StaticFields<Flaw>();

    /// <summary>Asked by the desk, which needs a store: tested over HTTP.</summary>
    private static readonly string[] AskedByTheDesk = ["procedure.legacy"];

    [Fact]
    public void there_are_rules_and_flaws()
    {
        Assert.True(Rules.Count > 80, $"{Rules.Count} rules");
        Assert.True(Flaws.Count > 20, $"{Flaws.Count} flaws");
    }

    [Fact]
    public void no_code_stands_twice() => AssertNone(
        from code in Codes group code by code into same where same.Count() > 1 select same.Key);

    [Fact]
    public void every_code_is_an_area_and_a_reason_in_kebab_case() => AssertNone(
        from code in Codes where !AreaAndReason().IsMatch(code) select code);

    [Fact]
    public void every_rule_cites_the_law() => AssertNone(
        from rule in Rules where string.IsNullOrWhiteSpace(rule.Citation) || !Chinese().IsMatch(rule.Citation) select rule.Code);

    [Fact]
    public void every_rule_and_flaw_is_explained_in_chinese_and_in_english() => AssertNone(
        from said in Rules.Select(rule => (rule.Code, rule.Explanation)).Concat(Flaws.Select(flaw => (flaw.Code, Explanation: flaw.Wording)))
        where !Chinese().IsMatch(said.Explanation.Zh) || string.IsNullOrWhiteSpace(said.Explanation.En) || Chinese().IsMatch(said.Explanation.En)
        select $"{said.Code}: {said.Explanation}");

    [Fact]
    public void every_rule_is_tested()
    {
        var tests = string.Concat(
            from file in Repository.FilesOf(Repository.Tests)
            where !file.EndsWith(nameof(RuleCodeTests) + ".cs", StringComparison.Ordinal)
            select File.ReadAllText(file));
        Assert.NotEmpty(tests);

        AssertNone(from rule in Rules.ExceptBy(AskedByTheDesk, rule => rule.Code) where !tests.Contains($"\"{rule.Code}\"", StringComparison.Ordinal) select rule.Code);
    }

    private static IEnumerable<string> Codes => Rules.Select(rule => rule.Code).Concat(Flaws.Select(flaw => flaw.Code));

    private static List<T> StaticFields<T>() =>
    [
        .. from type in typeof(Rule).Assembly.GetTypes()
           where !type.ContainsGenericParameters
           from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           where field.FieldType == typeof(T)
           select (T)field.GetValue(null)!,
    ];

    private static void AssertNone(IEnumerable<string> offenders) => Assert.True(!offenders.Any(), string.Join(Environment.NewLine, offenders));

    [GeneratedRegex(@"\A[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*\z")]
    private static partial Regex AreaAndReason();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();
}
