using System.IO.Compression;
using System.Net;
using Npgsql;
using Trading.Ops;
using Trading.Projections;
using Trading.Tests.Feeds.Changes;
using Trading.Tests.Harness;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Store.Upgrades;

/// <summary>Databases as earlier builds left them, migrated by this one. README.md says how they were made.</summary>
public sealed class UpgradeTests
{
    private const string WithOriginalWordings = "/v1/notices?q=%E5%8E%9F%E6%96%87%E5%86%85%E5%AE%B9";   // 原文内容

    private static readonly string Folder = Path.Combine(Repository.Tests, "Store", "Upgrades");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Dumps => [.. Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Dumps))]
    public async Task a_database_of_before_is_never_answered_from_wrongly_and_goes_on_once_it_is_rebuilt(string dump)
    {
        await using var database = await Restored(dump);
        var events = await Count(database, "events.mt_events where type <> 'tombstone'");
        Assert.Equal(Register.Versions.Keys.Order(StringComparer.Ordinal), await Migration.Run(database.Settings()));

        await using var service = await Service.Start("upgrade", database, health: "degraded", settings: ("Delivery__Cache", "off"));
        var (anyone, publisher) = (service.Client(), service.Client("publisher"));
        var history = (await anyone.Get("/v1/changes?type=procedure-registered")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        var procedure = (string)history[0]!["procedureId"]!;
        foreach (var address in (string[])[WithOriginalWordings, "/v1/procedures", "/v1/statistics/notices?by=month", $"/v1/procedures/{procedure}"])
            (await anyone.Get(address)).Refused(HttpStatusCode.ServiceUnavailable, "unavailable");
        (await anyone.Get($"/v1/procedures/{procedure}/history")).Expect(HttpStatusCode.OK);
        (await publisher.PostText("/v1/procedures", Posted.Body)).Refused(HttpStatusCode.ServiceUnavailable, "unavailable");

        Assert.Equal(0, await Rebuild.Run(database.Settings(), Rebuild.All));
        await Eventually.Get(anyone, "/health/ready", answer => (string?)answer.Json["status"] is "healthy");

        Assert.Equal(6, (await anyone.Get(WithOriginalWordings)).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Count);
        (await anyone.Get("/v1/ocds/releases")).Expect(HttpStatusCode.OK);
        (await anyone.Get("/v1/ocds/records")).Expect(HttpStatusCode.OK);
        await AnswersAreThoseOfTheFeed(anyone, events);
        await TheLogGoesOn(service, dump, events);
    }

    /// <summary>Pages, histories, notices and lists are what somebody else makes of the feed.</summary>
    private static async Task AnswersAreThoseOfTheFeed(Client anyone, long events)
    {
        var feed = (await anyone.Get("/v1/changes?limit=1000")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Select(item => item!.AsObject()).ToList();
        Assert.Equal(events, feed.Count);
        var mirror = new Mirror(feed);
        var answers = new MirroredAnswers(anyone, mirror);
        Assert.Equal(6, mirror.Procedures.Count);
        foreach (var procedure in mirror.Procedures) await answers.Same(procedure);
    }

    /// <summary>The first new checkpoint continues the last one of the former build.</summary>
    private static async Task TheLogGoesOn(Service service, string dump, long events)
    {
        (await service.Client("publisher").PostText("/v1/procedures", Posted.Body)).Expect(HttpStatusCode.Created);
        await Eventually.Get(service.Client(), "/log/checkpoint", answer => answer.Body.Split('\n')[1] == $"{events + 1}");
        var environment = Service.Environment(service.Database, service.Database.Log.FullName);
        environment["ConnectionStrings__Migration"] = service.Database.Owner;
        var (code, output) = await Running.Verb(
            ["verify", Path.Combine(service.Database.Log.FullName, "public"), "--keys", Path.Combine(service.Database.Log.FullName, "keys"), "--older", Path.Combine(Folder, dump, "checkpoint"), "--database"],
            environment);
        Assert.True(code is 0, output);
        Assert.Contains($"{events + 1} entries, ", output, StringComparison.Ordinal);
    }

    /// <summary>The dump in a database of its own, keys and fence where services on it look for them.</summary>
    private static async Task<Database> Restored(string dump)
    {
        var database = await Database.Create($"upgrade_{dump.Replace('-', '_')}", migrate: false);
        await using var file = File.OpenRead(Path.Combine(Folder, dump, "dump.sql.gz"));
        using var script = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        await using (var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.Owner) { Pooling = false }))
        await using (var restore = owner.CreateCommand(await script.ReadToEndAsync(Ct)))
            await restore.ExecuteNonQueryAsync(Ct);
        foreach (var (kind, place) in ((string, string)[])[("log", "keys"), ("vault", "vault")]) Keys(Path.Combine(Folder, dump, "keys", kind), Path.Combine(database.Log.FullName, place));
        var fence = Directory.CreateDirectory(Path.Combine(database.Log.FullName, "fence"));
        File.Copy(Path.Combine(Folder, dump, "checkpoint"), Path.Combine(fence.FullName, "sha256.checkpoint"));
        return database;
    }

    private static void Keys(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var key in Directory.GetFiles(from))
        {
            var copy = Path.Combine(to, Path.GetFileName(key));
            File.Copy(key, copy);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(copy, UnixFileMode.UserRead);
        }
    }

    private static async Task<long> Count(Database database, string from) => Assert.Single(await Posted.Rows<long>(database, $"select count(*) from {from}"));
}
