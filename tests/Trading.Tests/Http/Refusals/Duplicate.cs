using System.Text.Json.Nodes;
using static System.Net.HttpStatusCode;

namespace Trading.Tests.Http.Refusals;

/// <summary>What stands twice in one posting, or is posted a second time.</summary>
internal static class Duplicate
{
    public static IEnumerable<Refusal> Cases =>
    [
        Twice(Routes.Register, "/lots", UnprocessableEntity, "plan.lot-twice"),
        Twice(Routes.Prequalification, "/lots", UnprocessableEntity, "lot.twice"),
        Twice(Routes.Announcement, "/lots", UnprocessableEntity, "lot.twice"),
        Twice(Routes.Clarification, "/lots", UnprocessableEntity, "lot.twice"),
        Twice(Routes.Termination, "/lots", UnprocessableEntity, "lot.twice"),
        Twice(Routes.Contracts, "/lots", UnprocessableEntity, "lot.twice"),
        Twice(Routes.Candidates, "/lots", UnprocessableEntity, "lot.twice"),
        Twice(Routes.Awards, "/results", UnprocessableEntity, "lot.twice"),
        Twice(Routes.Opening, "/bids", UnprocessableEntity, "opening.bidder-twice"),
        Twice(Routes.Qualification, "/results", UnprocessableEntity, "qualification.bidder-twice"),
        new(Routes.Candidates, "a candidate twice", UnprocessableEntity, "rule-refused")
        {
            Body = Routes.Candidates.Set("/lots/0/candidates/1/bidder/creditCode", "91420500MA4AAAA17B"), Rule = "evaluation.candidate-twice",
        },
        new(Routes.Candidates, "a rank twice", UnprocessableEntity, "rule-refused")
        {
            Body = Routes.Candidates.Set("/lots/0/candidates/1/rank", 1), Rule = "evaluation.ranks-not-consecutive",
        },

        Again(Routes.Announcement, Scene.Announced, "announcement.lot-already-out"),
        Again(Routes.Prequalification, Scene.Announced, "announcement.lot-already-out"),
        Again(Routes.Suspension, Scene.Suspended, "procedure.suspended"),
        Again(Routes.Opening, Scene.Opened, "opening.lot-not-announced"),
        Again(Routes.Candidates, Scene.Evaluated, "evaluation.bids-not-opened"),
        Again(Routes.Awards, Scene.Awarded, "award.lot-not-ready"),
        Again(Routes.Contracts, Scene.Contracted, "contract.lot-not-awarded"),
        Again(Routes.Closure, Scene.Closed, "procedure.ended"),
        Again(Routes.Termination, Scene.Terminated, "procedure.ended"),

        .. Routes.Postings.SelectMany(route => Members(route)),
        .. Routes.Writes.Select(route => new Refusal(route, "dryRun twice", BadRequest, "validation") { Query = "?dryRun=true&dryRun=false", Error = "parameter.form" }),
    ];

    /// <summary>Every member of a body is sent twice, with the same value: which of two would count is nobody's guess.</summary>
    private static IEnumerable<Refusal> Members(Route route) =>
        from member in JsonNode.Parse(route.Body!)!.AsObject()
        select new Refusal(route, $"{member.Key} twice", BadRequest, "validation")
        {
            Body = route.Begin($"\"{member.Key}\":{member.Value!.ToJsonString()}"), Error = "duplicate-member", Pointer = "/" + member.Key,
        };

    private static Refusal Twice(Route route, string list, System.Net.HttpStatusCode status, string rule) => new(route, $"{list} with an item twice", status, "rule-refused")
    {
        Body = Doubled(route, list), Rule = rule,
    };

    private static string Doubled(Route route, string list)
    {
        var root = JsonNode.Parse(route.Body!)!;
        var items = root[list[1..]]!.AsArray();
        items.Add(items[0]!.DeepClone());
        return root.ToJsonString();
    }

    private static Refusal Again(Route route, string at, string rule) => new(route, "a second time", Conflict, "wrong-stage") { At = at, Rule = rule };
}
