using Trading.Law;

namespace Trading.Ops;

/// <summary>Where more rule packs and calendars lie, beside those the service comes with.</summary>
/// <param name="Packs">Directory of <c>*.json</c>; null for none. Likewise <paramref name="Calendars"/>, of <c>*.csv</c>.</param>
public sealed record LawSettings(string? Packs = null, string? Calendars = null);

/// <summary>The law the service goes by, read once when it starts.</summary>
public static class Laws
{
    public const string Packs = "*.json";
    public const string Calendars = "*.csv";

    public static void AddLaw(this WebApplicationBuilder builder, LawSettings settings) => builder.Services.AddSingleton(Open(settings));

    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">With one line for each thing that is wrong, naming its file and rule.</exception>
    public static Lawbook Open(LawSettings settings) => settings is { Packs: null, Calendars: null }
        ? Lawbook.Embedded
        : Lawbook.Read(Files(settings.Packs, Packs), Files(settings.Calendars, Calendars));

    public static LawSettings Read(IConfigurationSection section, List<string> wrong)
    {
        foreach (var name in (string[])["Packs", "Calendars"])
            if (section[name] is { } directory && !Directory.Exists(directory)) wrong.Add($"Law:{name} must name a directory that is there.");
        return new LawSettings(section["Packs"], section["Calendars"]);
    }

    /// <summary>The files of a directory by name; none where there is no directory.</summary>
    public static IEnumerable<(string File, string Text)> Files(string? directory, string pattern) => directory is null
        ? []
        : Directory.GetFiles(directory, pattern).Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllText(file)));
}
