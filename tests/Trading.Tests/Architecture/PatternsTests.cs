using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Trading.Tests.Architecture;

/// <summary>Regular expressions read what strangers write: none may take time by more than the length of it.</summary>
public sealed class PatternsTests
{
    private const int Length = 20_000;
    private static readonly TimeSpan most = TimeSpan.FromSeconds(2);

    /// <summary>How what a pattern takes may begin, so that an attack gets past it.</summary>
    private static readonly string[] beginnings =
    [
        "", "5000元(其中a1", "投标总价", "下浮率", "5%", "rgb(1", "rgb(1,1", "rgba(1,1,1", "#", "inset(", "scale(", "scale(0", "opacity(", "http://", "mailto:", "/*", "\\", "{0/", "x000/", "a-", "A-", "'", "[", "['", "<", "1", "0.", "-", "20",
    ];

    private static readonly string[] parts =
    [
        " ", "  1", "\t", "1", "12", "1 ", "1,", ",", ", ", ".", "1.", "-", "a", "a-", "a ", "A", "公", "下浮", "元", "万", "a1,", "a1 , ", "其中", "(", "(1", ")", "%", "[", "['", "']", "'", "{", "{0", "/", "*/", "\\", "\\a", "x001/", "0", "0 ", "00,", "d.", "\\A",
    ];

    public static TheoryData<string> Patterns => [.. All().Select(Name)];

    [Theory, MemberData(nameof(Patterns))]
    public void take_time_by_the_length_of_what_they_read(string name)
    {
        var pattern = Pattern(All().Single(member => Name(member) == name));
        if (pattern.Options.HasFlag(RegexOptions.NonBacktracking)) return;
        var bounded = new Regex(pattern.ToString(), pattern.Options, most);
        foreach (var beginning in beginnings)
            foreach (var part in parts)
            {
                var attack = $"{beginning}{string.Concat(Enumerable.Repeat(part, Length / part.Length))}\n!";
                Assert.Null(Record.Exception(() => bounded.Count(attack)));
            }
    }

    private static string Name(MethodInfo member) => $"{member.DeclaringType!.FullName}.{member.Name}";

    private static Regex Pattern(MethodInfo member) => (Regex)member.Invoke(null, null)!;

    private static IEnumerable<MethodInfo> All() => typeof(Trading.Kernel.Yuan).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => method.ReturnType == typeof(Regex) && method.GetParameters().Length is 0 && method.DeclaringType!.Namespace?.StartsWith("Trading", StringComparison.Ordinal) is true);
}
