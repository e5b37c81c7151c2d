using System.Globalization;
using System.Text.Json;
using FastEndpoints;
using FluentValidation;
using FluentValidation.Results;
using Trading.Events;
using Trading.Http;
using Trading.Kernel;
using Trading.Law;

namespace Trading.Intake.Rehearsing;

/// <summary>Postings to be tried out, in order.</summary>
/// <param name="Registration">项目登记, as it would be posted.</param>
/// <param name="Postings">At most 50.</param>
public sealed record CheckBody(JsonElement Registration, IReadOnlyList<CheckedPosting> Postings);

/// <summary>One posting to be tried out.</summary>
/// <param name="To">What follows the procedure's id in the address, such as <c>announcement</c>.</param>
/// <param name="Body">As it would be posted there.</param>
/// <param name="At">Where the clock stands for it, from the year 2000 on, and never before the posting before; the service's clock when left out.</param>
public sealed record CheckedPosting(string To, JsonElement Body, DateTimeOffset? At = null);

/// <summary>A check as it comes over HTTP.</summary>
public sealed class Check
{
    [FromBody]
    public CheckBody Body { get; set; } = null!;
}

public sealed class CheckPostings(UseCases useCases, Lawbook law, IServiceProvider services, TimeProvider clock, ChecksAtOnce checks) : Endpoint<Check, CheckAnswer>
{
    // Used as the centre when the caller has none: the rules do not depend on it.
    private static readonly CallerCentre StandIn = new(CreditCode.Parse("12420500MB0000019P"), "公共资源交易中心");

    public override void Configure()
    {
        Post("v1/rules/check");
        AllowAnonymous();
        Options(b => b.WithMetadata(new RecordsNothing(), Cost.OfBody));
        Summary(s =>
        {
            s.Summary = "发布前预检";
            s.Description = "Tries out the postings of a procedure that need not exist, by the very forms, stages and rules of real ones, and tells what would have become of "
                + "each. Records nothing. What would be refused changes nothing, and what follows is judged on what stands then. `{0/contractId}` in `to` or as a "
                + "text of `body` stands for that id of the first posting; likewise `noticeId` and `objectionId`. Disclosure and erasure cannot be tried out.";
            s.ExampleRequest = new Check { Body = CheckExample.Body };
            s.ResponseExamples[StatusCodes.Status200OK] = CheckExample.Answer;
        });
    }

    public override async Task HandleAsync(Check req, CancellationToken ct)
    {
        var times = Times(req.Body.Postings, clock.GetUtcNow());
        if (times.Zip(times.Skip(1)).Index().FirstOrDefault(step => step.Item.Second < step.Item.First) is { Item.First.Year: > 1 } back)
        {
            await this.Decline(BodyErrors.Problem(HttpContext, [new ValidationFailure(Place(back.Index, "at"), "") { ErrorCode = "clock-back" }]));
            return;
        }

        if (await checks.Run(stop => Rehearse(req.Body, times, stop), ct) is not var (registration, postings))
        {
            HttpContext.Response.Headers.RetryAfter = ChecksAtOnce.RetryAfterSeconds;
            await this.Decline(ProblemKind.Unavailable);
            return;
        }

        if (registration is { Outcome: RehearsalOutcome.Invalid, Problem: { } invalid })
        {
            await this.Decline(invalid);
            return;
        }

        HttpContext.MarkResponseStart();
        await HttpContext.Response.WriteAsJsonAsync(new CheckAnswer(registration, postings), WireJson.Stored, ct);
    }

    private CheckAnswer Rehearse(CheckBody body, List<DateTimeOffset> times, CancellationToken stop)
    {
        var (rehearsal, postings) = (new Rehearsal(law), new List<RehearsedAnswer>());
        var registration = Try(rehearsal, UseCases.Registration, body.Registration, times[0], "/registration", stop);
        if (registration.Outcome is RehearsalOutcome.Recorded)
        {
            foreach (var (index, posting) in body.Postings.Index())
                postings.Add(Try(
                    rehearsal, $"{UseCases.Registration}/{Guid.Empty}/{Ids.In(posting.To, postings)}", Ids.In(posting.Body, postings), times[index + 1], Place(index, "body"), stop));
        }

        return new CheckAnswer(registration, postings);
    }

    /// <summary>Where the clock stands for the registration, and for each posting.</summary>
    private static List<DateTimeOffset> Times(IReadOnlyList<CheckedPosting> postings, DateTimeOffset now)
    {
        List<DateTimeOffset> times = [postings is [{ At: { } first }, ..] && first < now ? first : now];
        foreach (var posting in postings) times.Add(posting.At ?? (times[^1] > now ? times[^1] : now));
        return times;
    }

    private static string Place(int index, string member) => string.Create(CultureInfo.InvariantCulture, $"/postings/{index}/{member}");

    /// <param name="pointer">Where its body stands in the request.</param>
    private RehearsedAnswer Try(Rehearsal rehearsal, string path, JsonElement body, DateTimeOffset at, string pointer, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        at = LegalTime.Here(at);
        if (useCases.At(path) is not var (useCase, address))
            return new RehearsedAnswer(RehearsalOutcome.Refused, at, Problem: Problem.Of(HttpContext, ProblemKind.NotFound));

        var caller = Caller.Of(User);
        switch (useCase.Make(services).Rehearse(rehearsal, new RehearsedPosting(body, useCase.Validator, caller with { Centre = caller.Centre ?? StandIn }, at, address, stop)))
        {
            case Rehearsed.Recorded { Filing: var filing, Decision: var decision }:
                return new RehearsedAnswer(
                    RehearsalOutcome.Recorded, at, filing.NoticeId, filing.ContractId, filing.ObjectionId, [.. decision.Facts.Select(fact => Catalogue.Of(fact).WireName)],
                    [.. decision.Verdicts.Select(verdict => ReceiptVerdict.Of(verdict, HttpContext.Language()))]);
            case Rehearsed.Refused { Finding: var finding }:
                return new RehearsedAnswer(RehearsalOutcome.Refused, at, Problem: Problem.Of(HttpContext, finding));
            case Rehearsed.Invalid { Failures: var failures }:
                var problem = BodyErrors.Problem(HttpContext, failures);
                return new RehearsedAnswer(RehearsalOutcome.Invalid, at, Problem: problem with
                {
                    Errors = [.. problem.Errors!.Select(error => error with { Pointer = pointer + error.Pointer })],
                });
            default:
                throw new InvalidOperationException("Rehearsed is closed; a new case needs a branch here.");
        }
    }
}

public sealed class CheckValidator : Validator<Check>
{
    public CheckValidator()
    {
        RuleFor(r => r.Body).NotNull();
        RuleFor(r => r.Body).ChildRules(body =>
        {
            body.RuleFor(b => b.Postings).AtMost(50);
            body.RuleForEach(b => b.Postings).ChildRules(posting =>
            {
                posting.RuleFor(p => p.To).NotEmpty().MaximumLength(200);
                posting.RuleFor(p => p.At).GreaterThanOrEqualTo(Example.Time("2000-01-01T00:00:00"));
            });
        });
    }
}
