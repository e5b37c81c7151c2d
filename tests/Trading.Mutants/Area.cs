namespace Trading.Mutants;

/// <summary>A part of the source whose tests are to notice every change, and where those tests are.</summary>
/// <param name="Sources">Files and folders below <c>src/Trading</c>.</param>
/// <param name="Tests">Beginnings of the full names of test classes.</param>
internal sealed record Area(string Name, IReadOnlyList<string> Sources, IReadOnlyList<string> Tests)
{
    public static IReadOnlyList<Area> All { get; } =
    [
        new("log", ["Log", "Merkle", "Ops/Verifying"], ["Trading.Tests.Log", "Trading.Tests.Merkle", "Trading.Tests.Ops.Verifying"]),
        new("feed", ["Feeds"], ["Trading.Tests.Feeds", "Trading.Tests.Contracts.ConformanceTests", "Trading.Tests.Http.EdgeTests"]),
        new("idempotency", ["Intake/Idempotency.cs", "Intake/KeyScope.cs", "Intake/Desk.cs", "Intake/Filing.cs", "Http/IdempotencyKey.cs"],
            ["Trading.Tests.Intake", "Trading.Tests.Http.IdempotencyKeyTests"]),
        new("masking", ["Vault", "Supervision/Disclosing", "Supervision/Erasure", "Docket/DisclosureRules.cs", "Read/GetNotice.cs"], ["Trading.Tests.Vault", "Trading.Tests.Supervision.Disclosing", "Trading.Tests.Supervision.Erasure", "Trading.Tests.Read", "Trading.Tests.Docket.DisclosureRulesTests"]),
        new("authorisation", ["Http/Caller.cs", "Ops/Identity.cs", "Ops/AccessTokens.cs", "Ops/LocalKey.cs", "Kernel/RegionPrefix.cs"], ["Trading.Tests.Http", "Trading.Tests.Ops.SettingsTests"]),
    ];

    public IEnumerable<string> Files(string source) => Sources
        .Select(path => Path.Combine(source, path))
        .SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories) : File.Exists(path) ? [path] : throw new FileNotFoundException("An area names what is not there.", path))
        .Order(StringComparer.Ordinal);

    public bool Covers(string testClass) => Tests.Any(prefix => Covers(prefix, testClass));

    /// <exception cref="InvalidOperationException">There are no such tests, so nothing would be noticed by them.</exception>
    public void Demand(IReadOnlyList<string> testClasses)
    {
        if (Tests.FirstOrDefault(prefix => !testClasses.Any(testClass => Covers(prefix, testClass))) is { } none)
            throw new InvalidOperationException($"The area {Name} names tests that are not there: {none}");
    }

    private static bool Covers(string prefix, string testClass) => testClass == prefix || testClass.StartsWith(prefix + ".", StringComparison.Ordinal);
}
