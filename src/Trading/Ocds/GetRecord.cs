using FastEndpoints;
using Trading.Http;

namespace Trading.Ocds;

public sealed class GetRecord(ReleaseFeed feed, Publisher publisher) : EndpointWithoutRequest<RecordPackage>
{
    private const int IdLength = 36;

    public override void Configure()
    {
        Get("v1/ocds/records/{ocid}");
        AllowAnonymous();
        Summary(s =>
        {
            s.Summary = "OCDS记录";
            s.Description = "The OCDS 1.1 record of one procedure: every release, the compiled release and the versioned release.";
            s.ResponseExamples[StatusCodes.Status200OK] = Example.Records;
        });
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var ocid = Route<string>("ocid")!;
        var service = publisher.AddressOf(HttpContext.Request);
        if (ocid.Length <= IdLength || !Guid.TryParseExact(ocid[^IdLength..], "D", out var procedure)
            || (await feed.Of(new Dictionary<Guid, long?> { [procedure] = null }, service, ct))[procedure] is not { Count: > 0 } releases
            || (string)releases[0]["ocid"]! != ocid)
        {
            await this.Decline(ProblemKind.NotFound);
            return;
        }

        await this.Answer(Packages.OfRecords(publisher, service, $"v1/ocds/records/{ocid}", [Records.Whole(releases)]), ct);
    }
}
