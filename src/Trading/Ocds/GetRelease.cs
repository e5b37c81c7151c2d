using FastEndpoints;
using Trading.Http;

namespace Trading.Ocds;

public sealed class GetRelease(ReleaseFeed feed, Publisher publisher) : EndpointWithoutRequest<ReleasePackage>
{
    public override void Configure()
    {
        Get("v1/ocds/releases/{releaseId:guid}");
        AllowAnonymous();
        Summary(s =>
        {
            s.Summary = "OCDS发布";
            s.Description = "The OCDS release of one public event, in a package of its own. Its id is that of the event and of the notice.";
            s.ResponseExamples[StatusCodes.Status200OK] = Example.Releases;
        });
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        if (await feed.Find(Route<Guid>("releaseId"), ct) is not { } placed)
        {
            await this.Decline(ProblemKind.NotFound);
            return;
        }

        var service = publisher.AddressOf(HttpContext.Request);
        var releases = (await feed.Of(new Dictionary<Guid, long?> { [placed.Procedure] = placed.Version }, service, ct))[placed.Procedure];
        if (releases.LastOrDefault(release => (string)release["id"]! == placed.EventId.ToString()) is not { } told)
        {
            await this.Decline(ProblemKind.NotFound);   // no release can be made of it
            return;
        }

        await this.Answer(Packages.OfReleases(publisher, service, $"v1/ocds/releases/{placed.EventId}", [told]), ct);
    }
}
