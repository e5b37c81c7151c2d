using System.Text.Json.Nodes;
using FastEndpoints;
using Trading.Http;

namespace Trading.Ocds;

public sealed class FindReleases(ReleaseFeed feed, Publisher publisher) : EndpointWithoutRequest<ReleasePackage>
{
    public override void Configure()
    {
        Get("v1/ocds/releases");
        AllowAnonymous();
        Description(b => b.Produces<Problem>(StatusCodes.Status404NotFound, Problem.MediaType));
        Options(b => b.WithMetadata(new Parameters([.. PageQuestion.Pages, .. PageQuestion.Narrowing])));
        Summary(s =>
        {
            s.Summary = "OCDS发布包";
            s.Description = "One OCDS 1.1 release for each public event, in the order of the log: whoever follows links.next skips nothing and sees nothing twice. "
                + "A page ends with limit items or with a mebibyte of notices, whichever comes first. The last page has no links.next; asked again, it has what came since. Where there is no release at all, there is no package (404).";
            s.ResponseExamples[StatusCodes.Status200OK] = Example.Releases;
        });
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var (question, errors) = PageQuestion.Read(HttpContext, narrowed: true);
        if (errors.Count > 0)
        {
            await this.Decline(Problem.Of(HttpContext, ProblemKind.Validation) with { Errors = errors });
            return;
        }

        var placed = await feed.From(question.After, question.Limit + 1, question.Filter, ct);
        if (placed.Count is 0)
        {
            await this.Decline(ProblemKind.NotFound);
            return;
        }

        var service = publisher.AddressOf(HttpContext.Request);
        var (page, next) = question.Cut(placed);
        var procedures = await feed.Of(page.GroupBy(p => p.Procedure).ToDictionary(g => g.Key, g => (long?)g.Max(p => p.Version)), service, ct);
        var releases = procedures.Values.SelectMany(all => all).ToDictionary(release => (string)release["id"]!);
        await this.Answer(Packages.OfReleases(
            publisher, service, question.Self, [.. page.Select(p => releases.GetValueOrDefault(p.EventId.ToString())).OfType<JsonObject>()],
            next), ct);
    }
}
