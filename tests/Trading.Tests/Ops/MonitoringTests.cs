using System.Text.RegularExpressions;
using Trading.Log.Notes;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>The alert rules of ops/monitoring: right in the eyes of Prometheus, and over metrics that the service sends.</summary>
public sealed partial class MonitoringTests : IDisposable
{
    private static readonly string rules = Repository.PathOf("ops", "monitoring", "rules.yml");
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("trading-monitoring-");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public async Task prometheus_understands_the_rules_and_they_fire_when_they_should()
    {
        foreach (var arguments in (string[][])[["check", "rules", rules], ["test", "rules", Repository.PathOf("ops", "monitoring", "rules.test.yml")]])
        {
            await using var promtool = Running.Start("promtool", arguments, new Dictionary<string, string?>());
            Assert.True(await promtool.End(TimeSpan.FromSeconds(60)) is 0, promtool.Output);
        }
    }

    [Fact]
    public async Task every_metric_in_the_rules_is_one_that_the_service_sends()
    {
        var sent = new HashSet<string>();
        await using var collector = await Loopback.Start(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            lock (sent) sent.UnionWith(OtlpMetrics.Names(body.ToArray()));
            http.Response.ContentType = "application/x-protobuf";
        });
        await using var database = await Database.Create("monitoring");
        var witness = KeyFile.Create(Path.Combine(directory.FullName, "witness"), "witness.example", NoteAlgorithm.Cosignature);
        await using var service = await Deployment.Start(
            database, ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.ToString()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
            ("Log__Witnesses__0__Address", "http://127.0.0.1:9/"), ("Log__Witnesses__0__Key", witness.ToString()), ("Backup__Marker", Repository.Program));
        var wanted = Metric().Matches(Expressions()).Select(match => match.Value).ToHashSet();
        Assert.True(wanted.Count > 10);

        var missing = wanted;
        await Eventually.True(async () =>
        {
            await service.Client().Get("/v1/codelists");
            await service.Client("publisher").PostText("/v1/procedures", Intake.Posted.Body);
            lock (sent) missing = [.. wanted.Except(sent)];
            return missing.Count is 0;
        }, seconds: 60);
        Assert.Empty(missing);
    }

    private static string Expressions() =>
        string.Join('\n', Expression().Matches(File.ReadAllText(rules)).Select(match => Quoted().Replace(match.Value, "")));

    [GeneratedRegex(@"expr:(.|\n)*?(?=\n\s+(for|labels):)")]
    private static partial Regex Expression();

    [GeneratedRegex("""\{[^}]*\}|by \([^)]*\)""")]
    private static partial Regex Quoted();

    [GeneratedRegex("(trading|http|db)_[a-z_]+")]
    private static partial Regex Metric();
}
