using FastEndpoints;
using Trading.Http;

namespace Trading.Ocds;

public sealed class FindRecords(ReleaseFeed feed, Publisher publisher) : EndpointWithoutRequest<RecordPackage>
{
    public override void Configure()
    {
        Get("v1/ocds/records");
        AllowAnonymous();
        Description(b => b.Produces<Problem>(StatusCodes.Status404NotFound, Problem.MediaType));
        Options(b => b.WithMetadata(new Parameters(PageQuestion.Pages)));
        Summary(s =>
        {
            s.Summary = "OCDS记录包";
            s.Description = "One OCDS 1.1 record for each procedure, with links to its releases and the compiled release, in the order of their first positions in the log. "
                + "A page ends with limit items or with a mebibyte of notices, whichever comes first. The last page has no links.next. Where there is no record at all, there is no package (404).";
            s.ResponseExamples[StatusCodes.Status200OK] = Example.Records;
        });
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var (question, errors) = PageQuestion.Read(HttpContext, narrowed: false);
        if (errors.Count > 0)
        {
            await this.Decline(Problem.Of(HttpContext, ProblemKind.Validation) with { Errors = errors });
            return;
        }

        var placed = await feed.Firsts(question.After, question.Limit + 1, ct);
        if (placed.Count is 0)
        {
            await this.Decline(ProblemKind.NotFound);
            return;
        }

        var service = publisher.AddressOf(HttpContext.Request);
        var (page, next) = question.Cut(placed);
        var procedures = await feed.Of(page.ToDictionary(p => p.Procedure, _ => (long?)null), service, ct);
        await this.Answer(Packages.OfRecords(
            publisher, service, question.Self, [.. page.Select(p => procedures[p.Procedure]).Where(releases => releases.Count > 0).Select(releases => Records.Linked(releases, service))],
            next), ct);
    }
}
