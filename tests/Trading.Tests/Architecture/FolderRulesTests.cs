using System.Text.RegularExpressions;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Architecture;

/// <summary>Which folder may name which. Reading the sources is enough: a file's folder is its namespace, and a name is a dependency.</summary>
public sealed partial class FolderRulesTests
{
    private const string Everything = "*";

    /// <summary>A folder that is not there yet may have its row; a folder without a row may not be there.</summary>
    private static readonly Dictionary<string, string[]> MayName = new()
    {
        ["Kernel"] = [],
        ["Merkle"] = [],
        ["Vault"] = ["Kernel", "Events", "Store"],
        ["Log"] = ["Kernel", "Events", "Store", "Http", "Merkle", "Vault"],
        ["Events"] = ["Kernel"],
        ["Law"] = ["Kernel", "Events"],
        ["Docket"] = ["Kernel", "Events", "Law"],
        ["Store"] = ["Kernel"],
        ["Http"] = ["Kernel"],
        ["Intake"] = ["Kernel", "Events", "Law", "Docket", "Store", "Http", "Vault"],
        ["Stages"] = ["Kernel", "Events", "Docket", "Intake", "Http"],
        ["Supervision"] = ["Kernel", "Events", "Law", "Docket", "Store", "Intake", "Http", "Vault", "Log", "Projections", "Read"],
        ["Projections"] = ["Kernel", "Events", "Vault"],
        ["Feeds"] = ["Kernel", "Events", "Store", "Http", "Log", "Merkle"],
        ["Read"] = ["Kernel", "Events", "Law", "Store", "Http", "Projections", "Vault", "Log"],
        ["Ocds"] = ["Kernel", "Events", "Store", "Http", "Vault", "Log"],
        ["Delivery"] = ["Http", "Log", "Store"],
        ["Watch"] = ["Kernel", "Events", "Law", "Store", "Intake", "Log", "Supervision"],
        ["Ops"] = [Everything],
    };

    /// <summary>Folders of slices: what lies in one names nothing of its siblings.</summary>
    private static readonly string[] Sliced = ["Stages", "Supervision"];

    private static readonly string[] Sources = Repository.FilesOf(Repository.Source);

    [Fact]
    public void every_folder_has_a_row()
    {
        var folders = Directory.GetDirectories(Repository.Source).Select(Path.GetFileName).ToList();
        Assert.Contains("Kernel", folders);

        AssertNone(folders.Where(folder => !MayName.ContainsKey(folder!))!);
    }

    [Fact]
    public void every_file_declares_the_namespace_of_its_folder()
    {
        AssertNone(
            from file in Sources
            where Within(file).Length > 1
            let declared = DeclaredNamespace().Match(File.ReadAllText(file)).Groups["name"].Value
            where declared != "Trading." + string.Join('.', Within(file)[..^1])
            select $"{Relative(file)} declares {declared}");
    }

    [Fact]
    public void every_folder_names_only_what_its_row_allows()
    {
        Assert.True(Sources.Length > 80, $"{Sources.Length} files");

        AssertNone(
            from file in Sources
            where Within(file).Length > 1
            let folder = Within(file)[0]
            where MayName.ContainsKey(folder) && !MayName[folder].Contains(Everything)
            from named in Named(file)
            where named[0] != folder && MayName.ContainsKey(named[0]) && !MayName[folder].Contains(named[0])
            select $"{Relative(file)} names Trading.{string.Join('.', named)}");
    }

    [Fact]
    public void no_slice_names_another()
    {
        var slices = Sources.Where(file => Sliced.Contains(Within(file)[0])).ToList();
        Assert.NotEmpty(slices);

        AssertNone(
            from file in slices
            from named in Named(file)
            where named[0] == Within(file)[0] && named[1] != Within(file)[1]
            select $"{Relative(file)} names Trading.{string.Join('.', named)}");
    }

    [Fact]
    public void no_file_opens_a_namespace_of_ours_for_all() => AssertNone(
        from file in Sources where GlobalUsing().IsMatch(File.ReadAllText(file)) select Relative(file));

    [Fact]
    public void deciders_and_rules_know_nothing_of_hosts_stores_and_clocks()
    {
        var deciders = Sources.Where(file => Sliced.Contains(Within(file)[0]) && !Endpoint().IsMatch(File.ReadAllText(file))).ToList();
        Assert.True(deciders.Count > 15, $"{deciders.Count} files");

        AssertNone(
            from file in deciders
            from Match outer in OuterName().Matches(File.ReadAllText(file))
            select $"{Relative(file)} names {outer.Value}");
    }

    private static IEnumerable<string[]> Named(string file) =>
        from Match name in TradingName().Matches(File.ReadAllText(file))
        select new[] { name.Groups["folder"].Value, name.Groups["slice"].Value };

    private static string[] Within(string file) => Relative(file).Split('/');

    private static string Relative(string file) => Path.GetRelativePath(Repository.Source, file).Replace(Path.DirectorySeparatorChar, '/');

    private static void AssertNone(IEnumerable<string> offenders) => Assert.True(!offenders.Any(), string.Join(Environment.NewLine, offenders));

    [GeneratedRegex(@"\bTrading\.(?<folder>[A-Z]\w+)(\.(?<slice>[A-Z]\w+))?")]
    private static partial Regex TradingName();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex DeclaredNamespace();

    [GeneratedRegex(@"\bglobal using (static )?Trading\b")]
    private static partial Regex GlobalUsing();

    [GeneratedRegex(@"\bPosting<|\bPostingEndpoint<|: Endpoint(WithoutRequest)?\b|: Listing<")]
    private static partial Regex Endpoint();

    [GeneratedRegex(@"\b(Marten|JasperFx|Npgsql|FastEndpoints|FluentValidation|Microsoft|TimeProvider|Trading\.(Store|Http|Intake))\b")]
    private static partial Regex OuterName();
}
