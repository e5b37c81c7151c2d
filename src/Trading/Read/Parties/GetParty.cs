using FastEndpoints;
using Marten;
using Trading.Http;
using Trading.Kernel;
using Trading.Log;
using Trading.Projections;

namespace Trading.Read.Parties;

public sealed class GetParty(IQuerySession session, Positions positions) : EndpointWithoutRequest<PartyPage>
{
    private const int MostLatest = 10;

    public override void Configure()
    {
        Get("v1/parties/{creditCode}");
        AllowAnonymous();
        Options(b => b.WithMetadata(Cost.Page, new AnswersFrom(Register.PartyBoard, Register.ProcedurePages), new Parameters([AsOf.Parameter])));
        Summary(s =>
        {
            s.Summary = "主体";
            s.Description = "Everything public about one party, now or as of a moment: its names, what it is in how many procedures and for how much money, and the latest of them. "
                + "What was withdrawn no longer makes it anything; people have no credit code and so no page.";
            s.Params["creditCode"] = "统一社会信用代码 (GB 32100).";
            s.ResponseExamples[StatusCodes.Status200OK] = ExampleParty.Page;
        });
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var asked = new AskedParameters(HttpContext);
        var asOf = new AsOf(HttpContext, asked, positions);
        var code = Code(asked);
        if (asked.Errors() is { Count: > 0 } errors)
        {
            await this.Decline(Problem.Of(HttpContext, ProblemKind.Validation) with { Errors = errors });
            return;
        }

        var past = new Past(session, positions, asOf);
        if (!asOf.IsNow) asOf.Tell(await past.Begin(ct));
        var involvements = new Involvements(session, code!, asOf);
        var roles = await involvements.Roles(ct);
        if (roles.Count is 0)
        {
            await this.Decline(ProblemKind.NotFound);
            return;
        }

        var names = await involvements.Names(ct);
        await this.Answer(new PartyPage(code!, names[0], names, roles, await Latest(involvements, past, asOf, ct), new PartyLinks(asOf.Keep($"/v1/parties/{code}"))), ct);
    }

    private CreditCode? Code(AskedParameters asked)
    {
        try
        {
            return CreditCode.Parse(Route<string>("creditCode")!);
        }
        catch (InvalidValueException invalid)
        {
            asked.Wrong("creditCode", invalid.Flaw.Code, invalid.Flaw.Wording.Zh, invalid.Flaw.Wording.En);
            return null;
        }
    }

    private async Task<IReadOnlyList<PartyProcedure>> Latest(Involvements involvements, Past past, AsOf asOf, CancellationToken ct)
    {
        var latest = await involvements.Latest(MostLatest, ct);
        Guid[] ids = [.. latest.Select(each => each.Procedure)];
        var pages = asOf.IsNow
            ? (await session.LoadManyAsync<ProcedurePage>(ct, ids)).ToDictionary(page => page.Id)
            : (await past.EventsOf(ids, ct)).Values.SelectMany(then => ProcedureFold.Pages(then.Events)).ToDictionary(page => page.Id);
        return [.. latest.Where(each => pages.ContainsKey(each.Procedure)).Select(each => Told(pages[each.Procedure], each.Roles))];
    }

    internal static PartyProcedure Told(ProcedurePage page, IReadOnlyList<PartyRole> roles) =>
        new(page.Id, page.Ocid, page.Title, page.Category, page.RegionCode, page.Region, page.Stage, page.Status, roles, page.Links);
}
