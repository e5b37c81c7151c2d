using System.Globalization;
using Trading.Feeds.Changes;
using Trading.Log;
using Trading.Log.Notes;
using Trading.Log.Stamping;
using Trading.Log.Witnessing;

namespace Trading.Ops;

/// <summary>The verifiable log and the feed over it.</summary>
public static class Logs
{
    public static void AddLog(this WebApplicationBuilder builder, LogSettings settings)
    {
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(_ => LogKeys.Open(settings));
        builder.Services.AddSingleton<LogState>();
        builder.Services.AddSingleton<Positions>();
        builder.Services.AddSingleton<ChangeFeed>();
        builder.Services.AddSingleton<EventOpenings>();
        builder.Services.AddSingleton<PublishedHead>().AddHostedService(services => services.GetRequiredService<PublishedHead>());
        builder.Services.AddSingleton<Laggards>();
        builder.Services.AddHttpClient();
        builder.Services.AddSingleton<WitnessedSizes>();
        builder.Services.AddHostedService<LogService>();
        if (!settings.Sequences) return;
        if (settings.Witnesses.Count > 0)
            builder.AddOutward(Witnesses.Client, Witnesses.MostAnswered, settings.AllowsPrivate)
                .AddHostedService<Witnesses>()
                .AddHostedService(services => new WitnessAlarm(
                    services.GetRequiredService<Laggards>(), settings, TimeProvider.System, services.GetRequiredService<ILogger<WitnessAlarm>>()));
        if (settings.Tsa is { } tsa)
            builder.AddOutward(TimeStampAuthority.Client, TimeStampAuthority.MostAnswered, settings.AllowsPrivate)
                .AddSingleton(services => new TimeStampAuthority(tsa, services.GetRequiredService<IHttpClientFactory>()))
                .AddSingleton(services => new Stamps(settings.Directory, services.GetRequiredService<TimeStampAuthority>()))
                .AddHostedService<DailyStamp>();
    }

    public static LogSettings Read(IConfigurationSection section, string? database, string? embedded, List<string> wrong)
    {
        var origin = section["Origin"] ?? "";
        if (!NoteSignature.IsName(origin)) wrong.Add("Log:Origin must be the log's address without scheme, without blanks and plus signs.");

        var directory = section["Directory"] ?? (embedded is null ? "" : Path.Combine(embedded, "log"));
        if (directory.Length is 0) wrong.Add("Log:Directory must name the directory of the published log, unless Embedded:Directory is set.");

        return new LogSettings(
            database ?? "", origin, directory, section["Keys"] ?? Path.Combine(directory, "keys"), section["Fence"] ?? Path.Combine(directory, "fence"),
            Switch("Sm3", "off"), Switch("Sequencer", "on"))
        {
            Witnesses = ReadWitnesses(section.GetSection("Witnesses"), wrong),
            Overdue = ReadOverdue(section.GetSection("Overdue"), wrong),
            AllowsPrivate = ReadPrivate(section["PrivateAddresses"] ?? (embedded is null ? "refuse" : "allow"), wrong),
            Tsa = section["Tsa"] is { } tsa ? Address(tsa, "Log:Tsa", wrong) : null,
        };

        bool Switch(string name, string usual)
        {
            var value = section[name] ?? usual;
            if (value is not ("on" or "off")) wrong.Add($"Log:{name} must be on or off.");
            return value is "on";
        }
    }

    private static bool ReadPrivate(string value, List<string> wrong)
    {
        if (value is not ("allow" or "refuse")) wrong.Add("Log:PrivateAddresses must be allow or refuse.");
        return value is "allow";
    }

    private static List<WitnessAddress> ReadWitnesses(IConfigurationSection section, List<string> wrong)
    {
        var witnesses = new List<WitnessAddress>();
        foreach (var entry in section.GetChildren())
        {
            var name = $"Log:Witnesses:{entry.Key}";
            var address = Address(entry["Address"] is { } prefix ? $"{prefix.TrimEnd('/')}/" : "", $"{name}:Address", wrong);
            if (!VerifierKey.TryParse(entry["Key"] ?? "", out var key) || key.Algorithm is not NoteAlgorithm.Cosignature)
                wrong.Add($"{name}:Key must be the key of a witness, as its front page tells it: name+id+key.");
            else if (witnesses.Any(w => w.Key.Name == key.Name))
                wrong.Add($"{name}:Key names a witness that is named before.");
            else if (address is not null)
                witnesses.Add(new WitnessAddress(address, key));
        }

        return witnesses;
    }

    private static Overdue ReadOverdue(IConfigurationSection section, List<string> wrong)
    {
        var overdue = new Overdue(Span("Degraded", Overdue.Usual.Degraded), Span("Critical", Overdue.Usual.Critical));
        if (overdue.Degraded <= TimeSpan.Zero || overdue.Critical < overdue.Degraded)
            wrong.Add("Log:Overdue must be two times, the one for Critical no less than the one for Degraded.");
        return overdue;

        TimeSpan Span(string name, TimeSpan usual) => section[name] is not { } text ? usual
            : TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var span) ? span : TimeSpan.Zero;
    }

    private static Uri? Address(string text, string name, List<string> wrong)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http") return address;
        wrong.Add($"{name} must be an http or https address.");
        return null;
    }
}
