using FastEndpoints;
using Trading.Http;
using Trading.Kernel;
using Trading.Law;
using Trading.Law.Packs;

namespace Trading.Read.Rules;

public sealed class FindRules(Lawbook law, TimeProvider clock) : EndpointWithoutRequest<RuleList>
{
    public override void Configure()
    {
        Get("v1/rules");
        AllowAnonymous();
        Summary(s =>
        {
            s.Summary = "规则列表";
            s.Description = "The rules of law in force on a day: of time, and of what notices must say. With a jurisdiction, those that count at that place, each in the version of the "
                + "narrowest jurisdiction; without one, the versions of all places.";
            s.ResponseExamples[StatusCodes.Status200OK] = new RuleList(
                [RuleItem.Of(Lawbook.Embedded.Provisions.First(p => p.Id is "R-T-03"))], [ContentItem.Of(Lawbook.Embedded.Contents.First(c => c.Id is "C-T-06-07"))]);
        });
        Options(b => b.WithMetadata(new Parameters(
        [
            new("category", "Categories; several with commas.", typeof(TradeCategory), Several: true),
            new("stage", "Stages; several with commas.", typeof(ProvisionStage), Several: true),
            new("severity", "Severities; several with commas.", Among: RuleQuestion.Severities, Several: true),
            new("jurisdiction", "GB/T 2260 code of a place.", typeof(RegionCode)),
            new("asOf", "The day, in China Standard Time; today when left out.", typeof(DateOnly)),
        ])));
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var question = new RuleQuestion(HttpContext, LegalTime.DayOf(clock.GetUtcNow()));
        if (question.Errors() is { Count: > 0 } errors)
        {
            await this.Decline(Problem.Of(HttpContext, ProblemKind.Validation) with { Errors = errors });
            return;
        }

        await this.Answer(new RuleList(
            [.. question.Choose(law.Provisions).Select(RuleItem.Of)], [.. question.Choose(law.Contents).Select(ContentItem.Of)]), ct);
    }
}
