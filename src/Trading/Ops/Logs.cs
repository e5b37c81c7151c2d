using Trading.Feeds.Changes;
using Trading.Log;
using Trading.Log.Notes;

namespace Trading.Ops;

/// <summary>The verifiable log and the feed over it.</summary>
public static class Logs
{
    public static void AddLog(this WebApplicationBuilder builder, LogSettings settings)
    {
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(_ => LogKeys.Open(settings));
        builder.Services.AddSingleton<LogState>();
        builder.Services.AddSingleton<ChangeFeed>();
        builder.Services.AddSingleton<PublishedHead>().AddHostedService(services => services.GetRequiredService<PublishedHead>());
        builder.Services.AddHostedService<LogService>();
    }

    public static LogSettings Read(IConfigurationSection section, string? database, string? embedded, List<string> wrong)
    {
        var origin = section["Origin"] ?? "";
        if (!NoteSignature.IsName(origin)) wrong.Add("Log:Origin must be the log's address without scheme, without blanks and plus signs.");

        var directory = section["Directory"] ?? (embedded is null ? "" : Path.Combine(embedded, "log"));
        if (directory.Length is 0) wrong.Add("Log:Directory must name the directory of the published log, unless Embedded:Directory is set.");

        return new LogSettings(
            database ?? "", origin, directory, section["Keys"] ?? Path.Combine(directory, "keys"), section["Fence"] ?? Path.Combine(directory, "fence"),
            Switch("Sm3", "off"), Switch("Sequencer", "on"));

        bool Switch(string name, string usual)
        {
            var value = section[name] ?? usual;
            if (value is not ("on" or "off")) wrong.Add($"Log:{name} must be on or off.");
            return value is "on";
        }
    }
}
