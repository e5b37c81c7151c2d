using System.Net;
using System.Text;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Http;

/// <summary>Bodies that were accepted, changed by chance: whatever they become, the service keeps its countenance.</summary>
[Collection(TradingApp.Collection)]
public sealed class FuzzTests(TradingApp app, Scene scene) : IClassFixture<Scene>
{
    private const int ChangedOfEach = 60;

    public static TheoryData<int> Seeds => [20260601, 7, 42];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task no_body_makes_the_service_fail(int seed)
    {
        app.Clock.Set(Scene.Now);
        var chance = new Random(seed);
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var statuses = new SortedDictionary<HttpStatusCode, int>();
        foreach (var route in Routes.Writes.Concat(Routes.Questions))
        {
            for (var i = 0; i < ChangedOfEach; i++)
            {
                var body = Changed.Body(scene.Fill(route.Body!, route.At), chance);
                var answer = await new Refusal(route, "", default, "") { Query = "?dryRun=true", Encode = _ => body }.Send(app, scene);
                var told = $"seed {seed}, {route}: {(int)answer.Status} {answer.Body}\nto {Encoding.UTF8.GetString(body)}";
                Assert.True(answer.Status is >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous or >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError, told);
                if (answer.Status >= HttpStatusCode.BadRequest) ProblemForm.Assert(answer, told: told);
                statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
            }
        }

        // chance that is refused at the door every time, or never, would prove little
        Assert.True(statuses.Keys.Count > 2 && statuses[HttpStatusCode.OK] > 100, string.Join(", ", statuses));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task no_query_makes_the_service_fail(int seed)
    {
        var chance = new Random(seed);
        string[] names = ["limit", "cursor", "sort", "category", "region", "centre", "initiator", "supplier", "publishedFrom", "deadlineTo", "amountFrom", "type", "procedure", "stage", "lotStatus", "q"];
        for (var i = 0; i < 300; i++)
        {
            var query = string.Join('&', Enumerable.Range(0, chance.Next(1, 4)).Select(_ =>
                $"{names[chance.Next(names.Length)]}={Uri.EscapeDataString(Changed.Odd[chance.Next(Changed.Odd.Length)].Trim('"').Replace("\\u0000", "\u0001", StringComparison.Ordinal))}"));
            foreach (var route in Routes.Lists.Concat(Routes.Statistics))
            {
                var answer = await app.Client(role: null).Get($"/{route.Template}{(route.Query is "" ? "?" : route.Query + "&")}{query}");
                var told = $"seed {seed}, {route}?{query}: {(int)answer.Status} {answer.Body}";
                Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest, told);
                if (answer.Status is HttpStatusCode.BadRequest) ProblemForm.Assert(answer, told: told);
            }
        }
    }
}
