using System.Text.Json;

namespace Trading.Ops;

/// <summary>
/// One notice of the demonstration set. Route and body name ids of earlier answers in the same story as <c>{procedureId}</c>,
/// <c>{noticeId:step}</c>, <c>{contractId:step}</c> and <c>{objectionId:step}</c>.
/// </summary>
/// <param name="Story">The file it stands in: one procedure's life.</param>
/// <param name="At">When it is posted.</param>
/// <param name="Route">Below the procedure; null for its registration.</param>
public sealed record DemonstrationScene(string Story, DateTimeOffset At, string Step, string? Route, JsonElement Body)
{
    private const string Folder = "demonstrations.";

    public string Path => Route is null ? "/v1/procedures" : $"/v1/procedures/{{procedureId}}/{Route}";

    /// <summary>Nothing but registrations and objections is recorded without a secrecy review.</summary>
    public bool NeedsReview => Route is not null && !Route.StartsWith("objections", StringComparison.Ordinal);

    /// <summary>The scenes of all stories in the order in which they happened.</summary>
    public static IReadOnlyList<DemonstrationScene> ReadAll() =>
    [
        .. typeof(DemonstrationScene).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .SelectMany(Read).OrderBy(scene => scene.At),
    ];

    private static IEnumerable<DemonstrationScene> Read(string resource)
    {
        using var stream = typeof(DemonstrationScene).Assembly.GetManifestResourceStream(resource)!;
        var script = JsonSerializer.Deserialize<Script>(stream, JsonSerializerOptions.Web)!;
        return script.Scenes.Select(scene => scene with { Story = resource[Folder.Length..] });
    }

    private sealed record Script(IReadOnlyList<DemonstrationScene> Scenes);
}
