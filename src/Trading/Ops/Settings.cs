using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.RegularExpressions;
using Npgsql;
using Trading.Http;
using Trading.Log;
using Trading.Ocds;
using Trading.Store;

namespace Trading.Ops;

/// <summary>Everything that is configured, checked before the service starts.</summary>
public sealed partial record Settings(
    string Database, string Migration, Authority? Authority, string? Embedded, bool Sandbox, string OcdsPrefix, Limits Limits, string Daemon,
    LogSettings? Log = null, string? Vault = null, LawSettings? Law = null, bool Watches = true, bool Caches = true, Publisher? Publisher = null,
    Hosts? Hosts = null)
{
    public PoolSizes Pools { get; init; } = new();

    /// <summary>Who may say where a request comes from.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>By how much the time of an event may differ from the database's clock when it is inserted.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromSeconds(30);

    /// <exception cref="ValidationException">With one line for each setting that is missing or wrong.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var wrong = new List<string>();
        var database = configuration.GetConnectionString("Trading");
        if (!IsConnection(database)) wrong.Add("ConnectionStrings:Trading must be a PostgreSQL connection string.");

        var migration = configuration.GetConnectionString("Migration");
        if (migration is not null && !IsConnection(migration)) wrong.Add("ConnectionStrings:Migration must be a PostgreSQL connection string.");

        if (IsConnection(database) && PooledConnection.SaysSize(database)) wrong.Add("ConnectionStrings:Trading must not say the size of a pool; Pools:* do.");
        var pools = Convert(() => configuration.GetSection("Pools").Get<PoolSizes>() ?? new PoolSizes());
        if (pools is not { ArePositive: true }) wrong.Add("Pools must be positive numbers.");

        var embedded = configuration["Embedded:Directory"];
        var (authority, audience) = (configuration["Authentication:Authority"], configuration["Authentication:Audience"]);
        if (embedded is null && (authority is null || audience is null))
            wrong.Add("Authentication:Authority and Authentication:Audience must name an OpenID Connect authority, unless Embedded:Directory is set.");
        if (embedded is not null && authority is not null)
            wrong.Add("Authentication:Authority and Embedded:Directory exclude each other: a local key has no place beside an authority.");
        if (authority is not null && !(Uri.TryCreate(authority, UriKind.Absolute, out var uri) && uri.Scheme is "https"))
            wrong.Add("Authentication:Authority must be an https address.");

        var types = configuration.GetSection("Authentication:TokenTypes").GetChildren().Select(type => type.Value).ToList();
        if (types.Any(string.IsNullOrWhiteSpace)) wrong.Add("Authentication:TokenTypes must name types of tokens, such as at+jwt.");

        var prefix = configuration["Ocds:Prefix"] ?? "";
        if (!Prefix().IsMatch(prefix)) wrong.Add("Ocds:Prefix must be 'ocds-' and six letters or digits.");

        var daemon = configuration["Projections:Daemon"] ?? "";
        if (daemon is not ("solo" or "hot-cold" or "off")) wrong.Add("Projections:Daemon must be solo, hot-cold or off.");

        var watches = Switch("Supervision:Watch");
        var caches = Switch("Delivery:Cache");

        var limits = Convert(() => configuration.GetSection("Limits").Get<Limits>() ?? new Limits());
        if (limits is not { ArePositive: true }) wrong.Add("Limits must be positive numbers.");

        var sandbox = Convert<bool?>(() => configuration.GetValue("Sandbox:Enabled", false));
        if (sandbox is null) wrong.Add("Sandbox:Enabled must be true or false.");
        if (sandbox is true && authority is not null) wrong.Add("Sandbox:Enabled has no place beside an authority: nobody may set the clock of a register of public record.");

        var tolerance = Convert<double?>(() => configuration.GetValue("Clock:Tolerance", 30.0));
        if (tolerance is not (> 0 and <= 300)) wrong.Add("Clock:Tolerance must be a number of seconds above 0, at most 300.");

        var log = Logs.Read(configuration.GetSection("Log"), database, embedded, wrong);
        var vault = configuration["Vault:Keys"] ?? (embedded is null ? null : Path.Combine(embedded, "vault"));
        if (vault is null) wrong.Add("Vault:Keys must name the directory of the keys that encrypt personal data, unless Embedded:Directory is set.");

        var proxies = Listening.ReadProxies(configuration.GetSection("Http:Proxies"), wrong);
        var publisher = Publishers.Read(configuration.GetSection("Ocds"), wrong);
        var hosts = PublicHosts.Read(configuration, publisher, embedded is not null, wrong);
        var law = Laws.Read(configuration.GetSection("Law"), wrong);
        if (wrong.Count > 0) throw new ValidationException(string.Join(Environment.NewLine, wrong));
        return new Settings(
            database!, migration ?? database!, authority is null ? null : new Authority(authority, audience!) { TokenTypes = types is [] ? AccessTokens.Rfc9068 : types! }, embedded,
            sandbox!.Value, prefix, limits!, daemon, log, vault, law, watches, caches, publisher, hosts)
        {
            Pools = pools!, Proxies = proxies, ClockTolerance = TimeSpan.FromSeconds(tolerance!.Value),
        };

        bool Switch(string name)
        {
            var value = configuration[name] ?? "on";
            if (value is not ("on" or "off")) wrong.Add($"{name} must be on or off.");
            return value is "on";
        }
    }

    private static T? Convert<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }

    private static bool IsConnection([NotNullWhen(true)] string? text)
    {
        try
        {
            return text is not null && new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^ocds-[a-z0-9]{6}\z")]
    private static partial Regex Prefix();
}

/// <summary>An OpenID Connect authority, and for whom its tokens must be meant.</summary>
public sealed record Authority(string Address, string Audience)
{
    /// <summary>Header <c>typ</c> of the tokens that are taken; one that is not of RFC 9068 must show by its claims that it is an access token.</summary>
    public IReadOnlyList<string> TokenTypes { get; init; } = AccessTokens.Rfc9068;
}

/// <summary>What one client may ask for, and all together. Tokens are per minute.</summary>
/// <param name="Answers">Answers to one address that may be under way at once, waits included; likewise <paramref name="Streams"/> and <paramref name="Connections"/>.</param>
/// <param name="AnswersInAll">Likewise of all addresses together.</param>
/// <param name="MillisecondsPerToken">Time of threads that costs a token.</param>
/// <param name="LeastBytesPerSecond">A body that comes or goes slower for longer than five seconds ends its connection.</param>
public sealed record Limits(
    int ReadsPerMinute = 6_000, int WritesPerMinute = 6_000, int Burst = 1_000, int Answers = 64, int AnswersInAll = 1_000, int Streams = 64, int StreamsInAll = 2_000,
    int Connections = 256, int ConnectionsInAll = 5_000, int LeastBytesPerSecond = 8 * 1024, int MillisecondsPerToken = 5)
{
    public bool ArePositive =>
        this is { ReadsPerMinute: > 0, WritesPerMinute: > 0, Burst: > 0, Answers: > 0, AnswersInAll: > 0 }
        && this is { Streams: > 0, StreamsInAll: > 0, Connections: > 0, ConnectionsInAll: > 0, LeastBytesPerSecond: > 0, MillisecondsPerToken: > 0 };
}
