using System.Net;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Ops;

public sealed class SandboxClockTests
{
    private const string Path = "/v1/sandbox/clock", Body = """{"now":"2027-01-01T09:00:00+08:00"}""";

    [Fact]
    public async Task is_set_by_operators_alone_and_never_back()
    {
        await using var service = await Service.Start("clock");
        ProblemForm.Assert((await service.Client().PostText(Path, Body)).Refused(HttpStatusCode.Unauthorized, "unauthenticated"));
        foreach (var role in (string[])["publisher", "reviewer", "supervisor"])
            ProblemForm.Assert((await service.Client(role).PostText(Path, Body)).Refused(HttpStatusCode.Forbidden, "forbidden"));

        var clerk = service.Client("operator");
        foreach (var (body, code) in new[]
        {
            ("", "malformed"), ("{", "malformed"), ("null", "validation"), ("[]", "validation"), ("{}", "validation"), ("""{"now":null}""", "validation"),
            ("""{"now":"2027-01-01"}""", "validation"), ("""{"now":"2027-01-01T09:00:00"}""", "validation"), ("""{"now":1}""", "validation"),
            ("""{"now":"2027-01-01T09:00:00Z","runs":"yes"}""", "validation"), ("""{"now":"2027-01-01T09:00:00Z","speed":2}""", "validation"),
        })
            ProblemForm.Assert((await clerk.PostText(Path, body)).Refused(HttpStatusCode.BadRequest, code), told: body);

        (await clerk.PostText(Path, Body)).Expect(HttpStatusCode.OK);
        (await clerk.PostText(Path, Body)).Expect(HttpStatusCode.OK);
        (await service.Client("publisher").PostText("/v1/procedures", Posted.Body)).Expect(HttpStatusCode.Created);
        ProblemForm.Assert((await clerk.PostText(Path, Body.Replace("2027", "2026", StringComparison.Ordinal))).Refused(HttpStatusCode.Conflict, "wrong-stage"));
    }
}
