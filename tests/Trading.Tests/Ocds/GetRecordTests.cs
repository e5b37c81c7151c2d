using System.Net;
using System.Text.Json.Nodes;
using Trading.Ocds.Merging;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Ocds;

[Collection(TradingApp.Collection)]
public sealed class GetRecordTests(TradingApp app, Scene scene) : IClassFixture<Scene>
{
    private readonly Client anyone = app.Client(role: null);

    [Fact]
    public async Task a_record_holds_every_release_and_what_merging_them_gives()
    {
        var address = await Published(Scene.Closed);
        var record = (await anyone.Get(address)).Expect(HttpStatusCode.OK).Json["records"]![0]!;

        Assert.Equal(
            ["planning", "tender", "tenderUpdate", "tenderUpdate", "award", "contract", "tenderUpdate"],
            record["releases"]!.AsArray().SelectMany(release => release!.Tags()));
        var compiled = record["compiledRelease"]!;
        Assert.Equal(("complete", "active", "active"), ((string?)compiled["tender"]!["status"], (string?)compiled["awards"]![0]!["status"], (string?)compiled["contracts"]![0]!["status"]));
        Assert.Equal((string?)compiled["awards"]![0]!["id"], (string?)compiled["contracts"]![0]!["awardID"]);
        Assert.Equal(["planned", "active", "complete"], record["versionedRelease"]!["tender"]!["status"]!.AsArray().Select(value => (string)value!["value"]!));
    }

    [Fact]
    public async Task packages_of_the_running_service_are_valid()
    {
        var packages = new List<JsonNode>();
        foreach (var place in (string[])[Scene.Announced, Scene.Suspended, Scene.Objected, Scene.Closed, Scene.Terminated, Scene.Hidden, Scene.SoleSource])
            packages.Add((await anyone.Get(await Published(place))).Expect(HttpStatusCode.OK).Json);
        packages.Add((await anyone.Get("/v1/ocds/releases?limit=100")).Expect(HttpStatusCode.OK).Json);
        packages.Add((await anyone.Get("/v1/ocds/records?limit=100")).Expect(HttpStatusCode.OK).Json);
        await OcdsStandard.Accepts(packages);
    }

    [Fact]
    public async Task the_list_of_records_has_every_process_once_in_the_order_of_its_first_position()
    {
        await Published(Scene.Closed);
        var expected = (await Feed.Changes(anyone, 0)).Where(item => item["ocid"] is not null).Select(item => (string)item["ocid"]!).Distinct().ToList();

        var records = (await OcdsReader.Follow(anyone, "/v1/ocds/records?limit=100")).Records();

        Assert.Equal(expected, records.Select(record => (string)record["ocid"]!));
        Assert.All(records, record => Assert.Equal("compiled", (string)record["compiledRelease"]!["tag"]![0]!));
        var link = new Uri((string)records[0]["releases"]![0]!["url"]!);
        Assert.Equal(link.Fragment[1..], (string)(await anyone.Get(link.AbsolutePath)).Expect(HttpStatusCode.OK).Json["releases"]![0]!["id"]!);
    }

    [Fact]
    public async Task what_is_disclosed_has_a_release_from_then_on()
    {
        var address = await Published(Scene.Hidden);
        var before = (await anyone.Get(address)).Expect(HttpStatusCode.OK).Json["records"]![0]!;
        Assert.Single(before["releases"]!.AsArray());
        Assert.Null(before["compiledRelease"]!["planning"]?["milestones"]);

        (await app.Client().PostText(scene.Path(Routes.Disclosure, Scene.Hidden), Routes.Disclosure.Body!)).Expect(HttpStatusCode.Created);

        var record = (await anyone.Get(await Published(Scene.Hidden))).Expect(HttpStatusCode.OK).Json["records"]![0]!;
        Assert.Equal(["planningUpdate", "tender"], record["releases"]![1]!.Tags());
        Assert.Equal("教学楼施工总承包", (string?)record["compiledRelease"]!["planning"]!["milestones"]![0]!["description"]);
        await OcdsStandard.Accepts([(await anyone.Get(address)).Json]);
    }

    [Fact]
    public async Task a_contact_is_released_until_it_is_erased_and_whoever_merged_it_forgets_it()
    {
        var address = await Published(Scene.Announced);
        var before = (await anyone.Get(address)).Expect(HttpStatusCode.OK).Json["records"]![0]!;
        Assert.Equal("0717-0000000", (string?)Initiator(before["compiledRelease"]!)["contactPoint"]!["telephone"]);
        Assert.DoesNotContain("contactPoint", before["releases"]![0]!.ToJsonString(), StringComparison.Ordinal);

        (await app.Client().PostText(scene.Path(Routes.Erasure, Scene.Announced), Routes.Erasure.Body!)).Expect(HttpStatusCode.Created);

        var after = (await anyone.Get(await Published(Scene.Announced))).Expect(HttpStatusCode.OK);
        Assert.DoesNotContain("0717-0000000", after.Body, StringComparison.Ordinal);
        var record = after.Json["records"]![0]!;
        Assert.Null(Initiator(record["compiledRelease"]!)["contactPoint"]);
        var kept = before["releases"]!.AsArray().Append(record["releases"]!.AsArray()[^1]).Select(release => release!.AsObject()).ToList();
        Assert.DoesNotContain("0717-0000000", PublishedRules.All.Compile(kept).ToJsonString(), StringComparison.Ordinal);
        await OcdsStandard.Accepts([after.Json]);
    }

    [Fact]
    public async Task what_a_former_system_published_is_a_record()
    {
        await Feed.CaughtUp(app);
        var procedure = (await anyone.Get(scene.Path(Routes.GetProcedure, Scene.Former))).Expect(HttpStatusCode.OK).Json;
        var answer = (await anyone.Get($"/v1/ocds/records/{procedure["ocid"]}")).Expect(HttpStatusCode.OK).Json;
        var release = Assert.Single(answer["records"]![0]!["releases"]!.AsArray())!;
        Assert.Equal(["tender"], release.Tags());
        Assert.Equal((1, 1200000m), ((int)release["bids"]!["details"]![0]!["rank"]!, (decimal)release["bids"]!["details"]![0]!["value"]!["amount"]!));
        await OcdsStandard.Accepts([answer]);
    }

    [Fact]
    public async Task an_ocid_of_no_process_has_no_record()
    {
        var ocid = scene.Path(Routes.GetRecord, Scene.Announced).Split('/')[^1];
        foreach (var wrong in (string[])["x", "ocds-000000", ocid[..^1], ocid + "0", "ocds-999999" + ocid[11..], ocid.ToUpperInvariant(), "ocds-000000-" + Guid.Empty])
            (await anyone.Get($"/v1/ocds/records/{wrong}")).Refused(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task own_extensions_are_read_where_packages_say()
    {
        var package = (await anyone.Get(await Published(Scene.Announced))).Expect(HttpStatusCode.OK).Json;
        var own = package["extensions"]!.AsArray().Select(address => new Uri((string)address!)).Where(address => address.Host is "127.0.0.1").ToList();
        Assert.Equal(3, own.Count);
        foreach (var address in own)
        {
            var folder = Repository.PathOf("openapi", "ocds", address.AbsolutePath.Split('/')[^2]);
            var extension = (await anyone.Get(address.AbsolutePath)).Expect(HttpStatusCode.OK);
            Assert.Equal(await File.ReadAllTextAsync(Path.Combine(folder, "extension.json"), TestContext.Current.CancellationToken), extension.Body);
            foreach (var file in extension.Json["schemas"]!.AsArray().Select(f => (string)f!).Concat(extension.Json["codelists"]!.AsArray().Select(f => $"codelists/{f}")))
            {
                var served = (await anyone.Get(new Uri(address, file).AbsolutePath)).Expect(HttpStatusCode.OK);
                Assert.Equal(await File.ReadAllTextAsync(Path.Combine(folder, file), TestContext.Current.CancellationToken), served.Body);
            }
        }

        (await anyone.Get("/v1/ocds/extensions/complaints/none.json")).Refused(HttpStatusCode.NotFound, "not-found");
        (await anyone.Get("/v1/ocds/extensions/complaints/codelists/none.csv")).Refused(HttpStatusCode.NotFound, "not-found");
    }

    private static JsonNode Initiator(JsonNode release) => release["parties"]!.AsArray().Single(party => (string)party!["id"]! == "CN-USCC-11420500011052607X")!;

    /// <summary>Where the record of a place is read, once everything of it is published.</summary>
    private async Task<string> Published(string place)
    {
        await Feed.CaughtUp(app);
        return scene.Path(Routes.GetRecord, place);
    }
}
