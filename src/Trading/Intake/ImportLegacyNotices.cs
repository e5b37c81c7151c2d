using FastEndpoints;
using FluentValidation.Results;
using Trading.Http;
using Trading.Kernel;
using Trading.Store;

namespace Trading.Intake;

/// <summary>What became of an import, line by line.</summary>
/// <param name="Lines">Lines that are not empty.</param>
/// <param name="Landed">Recorded now.</param>
/// <param name="Present">Recorded before with the same content.</param>
/// <param name="Verdicts">What the law of their days says of the publicity periods of the lines that landed or were there, rule by rule.</param>
/// <param name="Warned">The first ten thousand that did not keep a rule. They are taken over all the same: history is history.</param>
/// <param name="Ended">Whether the import ended at its ten-thousandth refusal: further lines were not read.</param>
public sealed record LegacyAnswer(
    int Lines, int Landed, int Present, IReadOnlyList<LegacyRefusal> Refused, IReadOnlyList<LegacyVerdicts> Verdicts, IReadOnlyList<LegacyWarning> Warned,
    bool? DryRun = null, bool? Ended = null);

/// <param name="Outcome">What the rule said.</param>
/// <param name="Severity">E refuses, W records and warns, I informs; nothing is refused here.</param>
/// <param name="Count">Of how many lines.</param>
public sealed record LegacyVerdicts(string Rule, VerdictOutcome Outcome, string Severity, int Count);

/// <param name="Line">Counted from 1.</param>
/// <param name="Severity">W where the period is kept in one reading of the law.</param>
/// <param name="Explanation">In the language of the request.</param>
public sealed record LegacyWarning(int Line, string SourceId, string Rule, string Severity, string Explanation);

/// <param name="Line">Counted from 1.</param>
/// <param name="Pointer">Where in the line (RFC 6901).</param>
public sealed record LegacyRefusal(int Line, string? SourceId, string Code, string Reason, string? Pointer = null);

/// <summary>How many imports run at once, in all and for one centre.</summary>
public sealed class LegacyTurnstile() : Turnstile(most: 4, mostEach: 2);

public sealed class ImportLegacyNotices(LegacyDesk desk, WriteGate gate, LegacyTurnstile turnstile) : EndpointWithoutRequest<LegacyAnswer>
{
    private static readonly BodyLimits Limits = new(64 << 20, "application/x-ndjson", typeof(LegacyLine));

    public override void Configure()
    {
        Post("v1/legacy-notices");
        Roles(Role.Publisher);
        Options(b => b.WithMetadata(Limits, new Parameters([new("dryRun", "Checks every line and records nothing.", typeof(bool), Usual: false)])));
        Summary(s =>
        {
            s.Summary = "历史公告导入";
            s.Description = "Takes over notices of a centre's former system, one JSON object a line, as history from before this one. "
                + "Idempotent by the caller's centre and sourceId: what is there already is left as it is. Lines that are refused do not keep the others out, nor does a body that breaks off. Each publicity period is judged by the law "
                + "of its day and place; the verdicts are kept with the event and refuse nothing.";
            s.ExampleRequest = Example.LegacyLine;
            s.ResponseExamples[StatusCodes.Status200OK] = Example.LegacyAnswer;
        });
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var caller = Caller.Of(User);
        if (caller.Centre is not { } centre)
        {
            await this.Decline(ProblemKind.Forbidden);
            return;
        }

        var asked = Query<string?>("dryRun", isRequired: false);
        var dryRun = false;
        if (asked is not null && !bool.TryParse(asked, out dryRun))
        {
            await this.Decline(BodyErrors.Problem(HttpContext, [new ValidationFailure("dryRun", "") { ErrorCode = "parameter.form" }]));
            return;
        }

        if (!dryRun && gate.Closed is { } why)
        {
            await this.DeclineWhileClosed(why);
            return;
        }

        using var place = turnstile.Enter(centre.Code.ToString(), out var refusal);
        if (place is null)
        {
            HttpContext.Response.Headers.RetryAfter = "10";
            await this.Decline(refusal!);
            return;
        }

        var answer = await desk.Import(
            BodyLines.Read(HttpContext, ct), caller, centre, Correlation.Of(HttpContext), HttpContext.Language(), dryRun, ct);
        if (answer is null)
        {
            await this.DeclineWhileClosed(gate.Closed ?? WriteGate.Unchecked);
            return;
        }

        HttpContext.MarkResponseStart();
        await HttpContext.Response.WriteAsJsonAsync(answer, WireJson.Stored, ct);
    }
}
