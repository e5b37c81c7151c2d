using System.Security.Cryptography;
using System.Text;
using FastEndpoints;
using Trading.Docket;
using Trading.Http;
using Trading.Intake.Rehearsing;
using Trading.Kernel;

namespace Trading.Intake;

/// <summary>A posting as it comes over HTTP.</summary>
public sealed class Post<TBody> where TBody : NoticeBody
{
    /// <summary>The client's key for this posting: the same key with the same body gets the same answer, for ever.</summary>
    [FromHeader("Idempotency-Key", IsRequired = false)]
    public string? IdempotencyKey { get; set; }

    /// <summary>The version of the procedure the client has seen; if it has moved on, nothing is recorded (412).</summary>
    [FromHeader("If-Match", IsRequired = false)]
    public string? IfMatch { get; set; }

    /// <summary>Shows the events and verdicts and records nothing.</summary>
    [QueryParam]
    public bool DryRun { get; set; }

    [FromBody]
    public TBody Body { get; set; } = null!;
}

/// <summary>What every posting does with HTTP, before and after the desk.</summary>
public abstract class PostingEndpoint<TBody> : Endpoint<Post<TBody>, Receipt> where TBody : NoticeBody
{
    protected void Describe(string route, string summary, string description, TBody example, string role = Role.Publisher)
    {
        Post(route);
        Roles(role);
        Summary(s =>
        {
            s.Summary = summary;
            s.Description = description;
            s.ExampleRequest = new Post<TBody> { Body = example };
            s.ResponseExamples[StatusCodes.Status200OK] = Example.Shown;
            s.ResponseExamples[StatusCodes.Status201Created] = Example.Receipt;
        });
    }

    /// <summary>Reads what the desk needs from the request. Returns null when the request was answered here.</summary>
    protected async Task<Incoming?> ReadIncoming(Post<TBody> post)
    {
        var key = Http.IdempotencyKey.Read(HttpContext.Request.Headers["Idempotency-Key"]);
        if (key is null && !post.DryRun)
        {
            await this.Decline(ProblemKind.IdempotencyKeyMissing);
            return null;
        }

        if (!ETag.TryReadIfMatch(HttpContext.Request, out var ifMatch))
        {
            await this.Decline(Problem.Of(HttpContext, ProblemKind.Validation) with
            {
                Errors = [new ProblemError("If-Match", "if-match.form", IfMatchForm.In(HttpContext.Language()))],
            });
            return null;
        }

        return new Incoming(
            post.Body, await Resolve<HtmlCleaner>().Clean(post.Body.Html, HttpContext.RequestAborted), Caller.Of(User), Fingerprint(HttpContext), post.DryRun ? null : key, ifMatch, post.DryRun, HttpContext.Language(),
            Correlation.Of(HttpContext), HttpContext.Request.RouteValues);
    }

    /// <summary>The only place where what became of a posting turns into a status code.</summary>
    protected async Task Answer(Reply reply)
    {
        var response = HttpContext.Response;
        switch (reply)
        {
            case Reply.Recorded { Answer: var answer, Repeated: var repeated }:
                if (Route<Guid?>("procedureId", isRequired: false) is { } procedureId)
                    Resolve<Freshness>().Changed(Dependence.Procedure(procedureId));
                HttpContext.MarkResponseStart();
                response.StatusCode = StatusCodes.Status201Created;
                response.Headers.ETag = answer.ETag;
                response.Headers.Location = answer.Location;
                if (repeated) response.Headers["Idempotency-Replayed"] = "true";
                response.ContentType = "application/json; charset=utf-8";
                response.ContentLength = Encoding.UTF8.GetByteCount(answer.Body);
                await response.WriteAsync(answer.Body, HttpContext.RequestAborted);
                return;

            case Reply.Shown { Receipt: var receipt }:
                HttpContext.MarkResponseStart();
                await response.WriteAsJsonAsync(receipt, WireJson.Stored, HttpContext.RequestAborted);
                return;

            case Reply.Declined { Finding: var finding }:
                await this.Decline(Problem.Of(HttpContext, finding));
                return;

            case Reply.Invalid { Failure: var failure }:
                await this.Decline(BodyErrors.Problem(HttpContext, [failure]));
                return;

            case Reply.Stale { Version: var version }:
                response.Headers.ETag = ETag.OfVersion(version);
                await this.Decline(Problem.Of(HttpContext, ProblemKind.StaleVersion) with { Version = version });
                return;

            case Reply.Closed { Why: var why }:
                await this.DeclineWhileClosed(why);
                return;

            case Reply.Turned { Kind: var kind }:
                if (kind == ProblemKind.InFlight) response.Headers.RetryAfter = "1";
                await this.Decline(kind);
                return;

            default:
                throw new InvalidOperationException("Reply is closed; a new case needs a branch here.");
        }
    }

    private static readonly Wording IfMatchForm = new(
        "If-Match须为版本的ETag，如\"7\"。", "If-Match is the ETag of a version, such as \"7\".");

    private static byte[] Fingerprint(HttpContext http)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}\n"));
        hash.AppendData(BodyGate.BodyOf(http).Span);
        return hash.GetHashAndReset();
    }
}

/// <summary>A use case that posts to a procedure: says where, and what its stage's decider is asked.</summary>
public abstract class Posting<TBody, TState>(Desk desk) : PostingEndpoint<TBody>, IRehearsable
    where TBody : NoticeBody
    where TState : class, IFolded<TState>, IHeaded
{
    protected abstract Decision Decide(TState state, TBody body, Filing filing);

    public override async Task HandleAsync(Post<TBody> req, CancellationToken ct)
    {
        if (await ReadIncoming(req) is { } incoming)
            await Answer(await desk.Receive<TState>(
                Route<Guid>("procedureId"), incoming, (state, filing) => Decide(state, req.Body, filing), ct));
    }

    public Rehearsed Rehearse(Rehearsal rehearsal, RehearsedPosting posting) => posting.Read<TBody>(body =>
    {
        var (state, filing) = (rehearsal.State<TState>()!, posting.File(body));
        return rehearsal.Settle(filing, Decide(state, body, filing), state.Followed);
    });

    protected void At(string route, string summary, string description, TBody example) =>
        Describe($"v1/procedures/{{procedureId:guid}}/{route}", summary, description, example);
}
