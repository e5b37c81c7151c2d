using Microsoft.Extensions.Configuration;
using Trading.Log;
using Trading.Log.Notes;
using Trading.Log.Witnessing;
using Trading.Ops;
using Xunit;

namespace Trading.Tests.Ops;

public sealed class LogsTests
{
    private static readonly string witness = new CosignatureSigner("witness.example", new byte[32]).Key.ToString();

    private static readonly Dictionary<string, string?> Complete = new()
    {
        ["Log:Origin"] = "log.example", ["Log:Directory"] = "log", ["Log:Sm3"] = "off", ["Log:Sequencer"] = "on",
        ["Log:Witnesses:0:Address"] = "https://witness.example/of-logs", ["Log:Witnesses:0:Key"] = witness,
        ["Log:Tsa"] = "http://tsa.example/stamp",
    };

    [Fact]
    public void reads_whom_it_asks()
    {
        var settings = Read([], []);
        Assert.Equal("https://witness.example/of-logs/", Assert.Single(settings.Witnesses).Address.ToString());
        Assert.Equal(witness, settings.Witnesses[0].Key.ToString());
        Assert.Equal("http://tsa.example/stamp", settings.Tsa!.ToString());
    }

    [Fact]
    public void asks_nobody_unless_told()
    {
        var settings = Read([], [], without: ["Log:Witnesses:0:Address", "Log:Witnesses:0:Key", "Log:Tsa"]);
        Assert.Empty(settings.Witnesses);
        Assert.Null(settings.Tsa);
    }

    [Theory]
    [InlineData("Log:Witnesses:0:Address", "witness.example")]
    [InlineData("Log:Witnesses:0:Address", "ftp://witness.example/")]
    [InlineData("Log:Witnesses:0:Key", "witness.example+00000000+AQ==")]
    [InlineData("Log:Tsa", "tsa.example")]
    public void names_what_is_wrong(string name, string value)
    {
        var wrong = new List<string>();
        Read([(name, value)], wrong);
        Assert.StartsWith(name, Assert.Single(wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void a_witness_is_overdue_after_four_hours_and_critically_after_a_day_unless_told_otherwise()
    {
        Assert.Equal(new Overdue(TimeSpan.FromHours(4), TimeSpan.FromDays(1)), Read([], []).Overdue);
        Assert.Equal(
            new Overdue(TimeSpan.FromMinutes(90), TimeSpan.FromDays(2)),
            Read([("Log:Overdue:Degraded", "01:30:00"), ("Log:Overdue:Critical", "2.00:00:00")], []).Overdue);
    }

    [Theory]
    [InlineData("Degraded", "a while")]
    [InlineData("Degraded", "00:00:00")]
    [InlineData("Degraded", "-04:00:00")]
    [InlineData("Critical", "03:59:59")]
    public void what_is_overdue_is_two_times_the_critical_one_not_before_the_other(string name, string value)
    {
        var wrong = new List<string>();
        Read([($"Log:Overdue:{name}", value)], wrong);
        Assert.StartsWith("Log:Overdue must be", Assert.Single(wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void a_witness_has_an_address_and_a_key_for_cosignatures_and_is_named_once()
    {
        var wrong = new List<string>();
        Read([
            ("Log:Witnesses:1:Key", new CosignatureSigner("second.example", new byte[32]).Key.ToString()),
            ("Log:Witnesses:2:Address", "https://third.example/"),
            ("Log:Witnesses:3:Address", "https://fourth.example/"), ("Log:Witnesses:3:Key", new Ed25519Signer("fourth.example", new byte[32]).Key.ToString()),
            ("Log:Witnesses:4:Address", "https://fifth.example/"), ("Log:Witnesses:4:Key", witness),
        ], wrong);
        Assert.Equal(["Log:Witnesses:1:Address", "Log:Witnesses:2:Key", "Log:Witnesses:3:Key", "Log:Witnesses:4:Key"], wrong.Select(line => line.Split(' ')[0]));
    }

    private static LogSettings Read((string Name, string? Value)[] changes, List<string> wrong, string[]? without = null)
    {
        var values = Complete.ExceptBy(without ?? [], v => v.Key).ToDictionary();
        foreach (var (name, value) in changes) values[name] = value;
        return Logs.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("Log"), "", null, wrong);
    }
}
