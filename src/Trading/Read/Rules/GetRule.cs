using FastEndpoints;
using Trading.Http;
using Trading.Law;
using Trading.Law.Packs;

namespace Trading.Read.Rules;

public sealed class GetRule(Lawbook law) : EndpointWithoutRequest<RuleVersions>
{
    public override void Configure()
    {
        Get("v1/rules/{ruleId}");
        AllowAnonymous();
        Options(b => b.Kept());
        Summary(s =>
        {
            s.Summary = "规则";
            s.Description = "One rule in every version: of all places and of all times, past and to come.";
            s.ResponseExamples[StatusCodes.Status200OK] = Of(Lawbook.Embedded, "R-T-03");
        });
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var rule = Of(law, Route<string>("ruleId")!);
        HttpContext.DependsOn(Dependence.Nothing);
        if (rule is { Versions.Count: 0, Contents.Count: 0 })
            await this.Decline(ProblemKind.NotFound);
        else
            await this.Answer(rule, ct);
    }

    private static RuleVersions Of(Lawbook law, string id) => new(
        id, [.. Versions(law.Provisions, id).Select(RuleItem.Of)], [.. Versions(law.Contents, id).Select(ContentItem.Of)]);

    private static IEnumerable<TRule> Versions<TRule>(IEnumerable<TRule> rules, string id) where TRule : PackRule =>
        rules.Where(rule => rule.Id == id).OrderBy(rule => rule.Scope.Jurisdiction.ToString(), StringComparer.Ordinal).ThenBy(rule => rule.Scope.ValidFrom);
}
