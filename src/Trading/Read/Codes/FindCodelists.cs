using FastEndpoints;
using Trading.Http;

namespace Trading.Read.Codes;

/// <summary>Every code list, in the order of their names.</summary>
public sealed record CodelistList(IReadOnlyList<Codelist> Items);

public sealed class FindCodelists : EndpointWithoutRequest<CodelistList>
{
    public override void Configure()
    {
        Get("v1/codelists");
        AllowAnonymous();
        Options(b => b.Kept());
        Summary(s =>
        {
            s.Summary = "代码表";
            s.Description = "Every closed set of words on the wire, with what each word means in both languages.";
            s.ResponseExamples[StatusCodes.Status200OK] = new CodelistList([Codelists.Find("alert-light")!]);
        });
    }

    public override Task HandleAsync(CancellationToken ct)
    {
        HttpContext.DependsOn(Dependence.Nothing);
        return this.Answer(new CodelistList(Codelists.All), ct);
    }
}
