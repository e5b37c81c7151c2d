using FastEndpoints;
using Trading.Http;

namespace Trading.Ocds;

public sealed class GetExtensionCodelist : EndpointWithoutRequest<string>
{
    public override void Configure()
    {
        Get("v1/ocds/extensions/{extension}/codelists/{codelist}");
        AllowAnonymous();
        Description(b => b.Produces<string>(StatusCodes.Status200OK, "text/csv"));
        Summary(s =>
        {
            s.Summary = "OCDS扩展代码表";
            s.Description = "A code list of one of the extensions of OCDS that this service declares, in the form of the standard's; one that adds to a list of the standard begins with a plus sign.";
        });
    }

    public override Task HandleAsync(CancellationToken ct) =>
        OwnExtensions.Find($"{Route<string>("extension")}/codelists/{Route<string>("codelist")}") is { } bytes
            ? this.Answer(bytes, "text/csv; charset=utf-8", ct)
            : this.Decline(ProblemKind.NotFound);
}
