using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Trading.Ops;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops;

public sealed class SettingsTests
{
    private const string Secret = "canary-password";

    private static readonly Dictionary<string, string?> Complete = new()
    {
        ["ConnectionStrings:Trading"] = $"Host=db.example.org;Username=app;Password={Secret}",
        ["Authentication:Authority"] = "https://login.example.org/",
        ["Authentication:Audience"] = "trading",
        ["Ocds:Prefix"] = "ocds-abc123",
        ["Projections:Daemon"] = "solo",
        ["Log:Origin"] = "trading.example/log",
        ["Log:Directory"] = "/var/lib/trading/log",
        ["Vault:Keys"] = "/var/lib/trading/vault",
        ["Http:Hosts"] = "trading.example.org",
    };

    [Fact]
    public void reads_what_is_complete()
    {
        var settings = Read();
        Assert.Equal(new Authority("https://login.example.org/", "trading"), settings.Authority);
        Assert.Equal(settings.Database, settings.Migration);
        Assert.False(settings.Sandbox);
    }

    [Theory]
    [InlineData("ConnectionStrings:Trading", null, "ConnectionStrings:Trading")]
    [InlineData("ConnectionStrings:Trading", "", "ConnectionStrings:Trading")]
    [InlineData("ConnectionStrings:Trading", "Username=app", "ConnectionStrings:Trading")]
    [InlineData("ConnectionStrings:Trading", "Host=db;Pasword=" + Secret, "ConnectionStrings:Trading")]
    [InlineData("ConnectionStrings:Trading", Secret, "ConnectionStrings:Trading")]
    [InlineData("ConnectionStrings:Migration", "Host=db;Port=" + Secret, "ConnectionStrings:Migration")]
    [InlineData("Authentication:Authority", null, "Authentication:Authority")]
    [InlineData("Authentication:Authority", "http://login.example.org/", "Authentication:Authority")]
    [InlineData("Authentication:Authority", "login", "Authentication:Authority")]
    [InlineData("Authentication:Audience", null, "Authentication:Audience")]
    [InlineData("Embedded:Directory", "/tmp/x", "Embedded:Directory")]
    [InlineData("Ocds:Prefix", "abc123", "Ocds:Prefix")]
    [InlineData("Ocds:Prefix", null, "Ocds:Prefix")]
    [InlineData("Ocds:License", "none", "Ocds:License")]
    [InlineData("Ocds:PublicationPolicy", "ftp://example.org/policy", "Ocds:PublicationPolicy")]
    [InlineData("Ocds:Address", "trading.example.org", "Ocds:Address")]
    [InlineData("Ocds:Address", "https://example.org/trading", "Ocds:Address")]
    [InlineData("Http:Hosts", null, "Ocds:Address or Http:Hosts")]
    [InlineData("Http:Hosts", "*", "Http:Hosts")]
    [InlineData("Http:Hosts", "https://example.org", "Http:Hosts")]
    [InlineData("Http:Hosts", "example.org:80", "Http:Hosts")]
    [InlineData("Projections:Daemon", "sometimes", "Projections:Daemon")]
    [InlineData("Limits:Burst", "0", "Limits")]
    [InlineData("Limits:WritesPerMinute", "-1", "Limits")]
    [InlineData("Limits:ReadsPerMinute", "many", "Limits")]
    [InlineData("Sandbox:Enabled", "perhaps", "Sandbox:Enabled")]
    [InlineData("Sandbox:Enabled", "true", "Sandbox:Enabled")]
    [InlineData("Authentication:TokenTypes:0", "", "Authentication:TokenTypes")]
    [InlineData("Log:Origin", null, "Log:Origin")]
    [InlineData("Log:Origin", "trading log", "Log:Origin")]
    [InlineData("Log:Directory", null, "Log:Directory")]
    [InlineData("Vault:Keys", null, "Vault:Keys")]
    [InlineData("Log:Sm3", "yes", "Log:Sm3")]
    [InlineData("Log:Sequencer", "no", "Log:Sequencer")]
    [InlineData("Supervision:Watch", "yes", "Supervision:Watch")]
    [InlineData("Delivery:Cache", "yes", "Delivery:Cache")]
    [InlineData("Pools:Feed", "0", "Pools")]
    [InlineData("Pools:Reads", "many", "Pools")]
    [InlineData("ConnectionStrings:Trading", "Host=db;Maximum Pool Size=40", "ConnectionStrings:Trading")]
    [InlineData("Limits:Streams", "0", "Limits")]
    [InlineData("Limits:LeastBytesPerSecond", "-1", "Limits")]
    [InlineData("Http:Proxies:0", "10.0.0.1/33", "Http:Proxies:0")]
    [InlineData("Http:Proxies:0", "proxy", "Http:Proxies:0")]
    [InlineData("Log:PrivateAddresses", "yes", "Log:PrivateAddresses")]
    public void names_what_is_wrong_and_tells_no_secret(string name, string? value, string named)
    {
        var message = Assert.Throws<ValidationException>(() => Read((name, value))).Message;
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, message, StringComparison.Ordinal);
        Assert.Single(message.Split(Environment.NewLine));
    }

    [Fact]
    public void names_everything_that_is_wrong_at_once() =>
        Assert.Equal(3, Assert.Throws<ValidationException>(() => Read(("Ocds:Prefix", "x"), ("Projections:Daemon", "x"), ("ConnectionStrings:Trading", null)))
            .Message.Split(Environment.NewLine).Length);

    [Theory]
    [InlineData("serve")]
    [InlineData("migrate")]
    public async Task the_program_ends_with_2_and_says_why(string verb)
    {
        var (code, output) = await Running.Verb(verb, new Dictionary<string, string?>
        {
            ["ConnectionStrings__Trading"] = null, ["ConnectionStrings__Migration"] = null, ["Embedded__Directory"] = null, ["Ocds__Prefix"] = "x",
        });
        Assert.Equal(2, code);
        Assert.StartsWith("The configuration is not complete:", output, StringComparison.Ordinal);
        foreach (var name in (string[])["ConnectionStrings:Trading", "Authentication:Authority", "Ocds:Prefix"]) Assert.Contains(name, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sandbox__Enabled", "true")]
    [InlineData("Embedded__Directory", "/tmp/x")]
    public async Task nothing_of_a_trial_starts_beside_an_authority(string name, string value)
    {
        var environment = Complete.ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);
        environment[name] = value;
        var (code, output) = await Running.Verb("serve", environment);
        Assert.Equal(2, code);
        Assert.Contains(name.Replace("__", ":", StringComparison.Ordinal), output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_unknown_verb_ends_with_2_and_the_usage()
    {
        var (code, output) = await Running.Verb("sing", new Dictionary<string, string?>());
        Assert.Equal(2, code);
        Assert.StartsWith("Usage:", output, StringComparison.Ordinal);
    }

    private static Settings Read(params (string Name, string? Value)[] changes)
    {
        var values = new Dictionary<string, string?>(Complete);
        foreach (var (name, value) in changes) values[name] = value;
        return Settings.Read(new ConfigurationBuilder().AddInMemoryCollection(values.Where(v => v.Value is not null)).Build());
    }
}
