using static System.Net.HttpStatusCode;

namespace Trading.Tests.Http.Refusals;

/// <summary>What is not there, or is not the caller's: other centres, other regions, unknown and ill-formed ids, unknown addresses.</summary>
internal static class Foreign
{
    private const string Nobody = "01900000-0000-7000-8000-0000000000ff";

    private static readonly string[] IllFormed =
        ["1", "01H8XGJWBWBAQ4ZS0000000000", Nobody + "0", Nobody[..^1] + "g", "..%2F..%2Fhealth", "'%20or%201=1--", "%E9%A1%B9%E7%9B%AE", "null", "-1"];

    public static IEnumerable<Refusal> Cases =>
    [
        .. Routes.Steps.SelectMany(EveryStep),
        .. Routes.Writes.SelectMany(EveryWrite),
        new(Routes.Register, "a region out of reach", Forbidden, "forbidden") { Region = "43" },
        new(Routes.Register, "a county out of a city's reach", Forbidden, "forbidden") { Region = "420600" },
        new(Routes.Register, "a token that names a region that is none", Forbidden, "forbidden") { Region = "湖北" },
        new(Routes.Register, "a token that names a centre that is none", Forbidden, "forbidden") { Centre = "12420500MB0000019A" },
        new(Routes.Legacy, "a token that names a centre that is none", Forbidden, "forbidden") { Centre = "12420500MB0000019A" },

        .. new[] { Routes.GetProcedure, Routes.GetHistory, Routes.GetNotice }.SelectMany(route => (IEnumerable<Refusal>)
        [
            new(route, "nothing of this id", NotFound, "not-found") { At = Scene.Nowhere },
            .. IllFormed.Select(id => new Refusal(route, $"{id} for an id", NotFound, "not-found") { Path = Ids(route, id) }),
        ]),
        .. new[] { Routes.GetAudit, Routes.Replay }.SelectMany(route => (IEnumerable<Refusal>)
        [
            new(route, "nobody", Unauthorized, "unauthenticated") { Role = null },
            new(route, "its own publisher", Forbidden, "forbidden") { Role = "publisher" },
            new(route, "another region's supervisor", Forbidden, "forbidden") { Role = "supervisor", Region = "43" },
            new(route, "nothing of this id", NotFound, "not-found") { Role = "supervisor", At = Scene.Nowhere },
            .. IllFormed.Select(id => new Refusal(route, $"{id} for an id", NotFound, "not-found") { Role = "supervisor", Path = Ids(route, id) }),
        ]),
        .. IllFormed.Select(id => new Refusal(Routes.Plan, $"{id} for an id", NotFound, "not-found") { Path = Ids(Routes.Plan, id) }),
        .. new[] { Routes.Amendment, Routes.Performance, Routes.Acceptance, Routes.ContractTermination }.Select(route =>
            new Refusal(route, "a contract of another procedure", NotFound, "not-found") { Path = $"/{route.Template.Replace("{contractId}", Nobody, StringComparison.Ordinal)}" }),
        new(Routes.Amendment, "a contract that is no id", NotFound, "not-found") { Path = "/v1/procedures/{procedureId}/contracts/7/amendments" },
        new(Routes.Withdrawal, "a notice of another procedure", NotFound, "not-found") { Path = $"/v1/procedures/{{procedureId}}/notices/{Nobody}/withdrawal", Rule = "ending.notice-unknown" },
        new(Routes.Disclosure, "a notice of another procedure", NotFound, "not-found") { Path = $"/v1/procedures/{{procedureId}}/notices/{Nobody}/disclosure", Rule = "disclosing.notice-unknown" },
        new(Routes.Disclosure, "a notice that is public", Conflict, "wrong-stage") { At = Scene.Announced, Rule = "disclosing.already-public" },
        new(Routes.Disclosure, "by a notice that is not public", UnprocessableEntity, "rule-refused") { Body = Routes.Disclosure.Set("/disclosure/attribute", "withheld"), Rule = "disclosing.not-public" },
        new(Routes.Defect, "an event of another procedure", NotFound, "not-found") { Path = $"/v1/procedures/{{procedureId}}/notices/{Nobody}/defect", Rule = "defect.event-unknown" },
        new(Routes.Defect, "an event that can be shown", Conflict, "wrong-stage") { At = Scene.Announced, Rule = "defect.none" },
        new(Routes.Defect, "by a notice that is not public", UnprocessableEntity, "rule-refused") { Body = Routes.Defect.Set("/disclosure/attribute", "withheld"), Rule = "defect.not-public" },
        new(Routes.Erasure, "a notice of another procedure", NotFound, "not-found") { Path = $"/v1/procedures/{{procedureId}}/notices/{Nobody}/erasure", Rule = "erasure.notice-unknown" },
        new(Routes.Erasure, "a member that is not personal", Conflict, "wrong-stage") { Body = Routes.Erasure.Set("/members", new System.Text.Json.Nodes.JsonArray("/title")), Rule = "erasure.member-unknown" },
        new(Routes.ObjectionAnswer, "an objection of another procedure", NotFound, "not-found") { Path = $"/v1/procedures/{{procedureId}}/objections/{Nobody}/answer", Rule = "objection.unknown" },
        new(Routes.Correction, "a notice of another procedure", UnprocessableEntity, "rule-refused") { Body = Routes.Correction.Set("/corrects", Nobody), Rule = "change.notice-unknown" },

        .. new[] { "/", "/v1", "/v2/procedures", "/v1/procedure", "/v1/procedures/", "/V1/Procedures/x", "/v1/notices/" + Nobody + "/history", "/v1/sandbox/clock", "/.env", "/admin", "/swagger", "/index.html" }
            .Where(path => path is not "/v1/procedures/")
            .Select(path => new Refusal(Routes.FindProcedures, "not an address: " + path, NotFound, "not-found") { Path = path }),
        .. new[] { "", "?x=1", "/", "/x" }.Select(end => new Refusal(Routes.Hidden, "closed" + end, NotFound, "not-found") { Path = "/_test_url_cache_" + end }),
        new(Routes.Hidden, "closed to operators too", NotFound, "not-found") { Role = "operator" },
        new(Routes.Register, "the sandbox's clock outside the sandbox", NotFound, "not-found") { Path = "/v1/sandbox/clock", Role = "operator", Body = """{"now":"2027-01-01T00:00:00+08:00"}""" },
    ];

    private static IEnumerable<Refusal> EveryStep(Route route) =>
    [
        new(route, "another centre's procedure", Forbidden, "forbidden") { Centre = Scene.OtherCentre },
        new(route, "another region's procedure", Forbidden, "forbidden") { Region = "43" },
        new(route, "no such procedure", NotFound, "not-found") { At = Scene.Nowhere },
        new(route, "a procedure that is no id", NotFound, "not-found") { Path = "/" + route.Template.Replace("{procedureId}", "7", StringComparison.Ordinal) },
        .. route == Routes.Erasure ? Array.Empty<Refusal>() : [new(route, "a procedure of a former system", Conflict, "wrong-stage") { At = Scene.Former, Rule = "procedure.legacy" }],
    ];

    private static IEnumerable<Refusal> EveryWrite(Route route) =>
    [
        new(route, "nobody", Unauthorized, "unauthenticated") { Role = null },
        .. new[] { "reviewer", "supervisor", "operator" }.Select(role => new Refusal(route, "a " + role, Forbidden, "forbidden") { Role = role }),
    ];

    private static string Ids(Route route, string id) =>
        "/" + route.Template.Replace("{procedureId}", id, StringComparison.Ordinal).Replace("{noticeId}", id, StringComparison.Ordinal);
}
