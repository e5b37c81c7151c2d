using FastEndpoints;
using Trading.Http;

namespace Trading.Read.Codes;

public sealed class GetCodelist : EndpointWithoutRequest<Codelist>
{
    public override void Configure()
    {
        Get("v1/codelists/{list}");
        AllowAnonymous();
        Options(b => b.Kept());
        Summary(s =>
        {
            s.Summary = "单个代码表";
            s.Description = "One code list.";
            s.ResponseExamples[StatusCodes.Status200OK] = Codelists.Find("alert-light")!;
        });
    }

    public override Task HandleAsync(CancellationToken ct)
    {
        HttpContext.DependsOn(Dependence.Nothing);
        return Codelists.Find(Route<string>("list")!) is { } list ? this.Answer(list, ct) : this.Decline(ProblemKind.NotFound);
    }
}
