using System.Text.Json;
using FastEndpoints;
using FluentValidation;
using FluentValidation.Results;
using Marten;
using Trading.Events;
using Trading.Http;
using Trading.Intake;
using Trading.Kernel;
using Trading.Law;

namespace Trading.Supervision.Replaying;

/// <summary>Packs and calendars a history is judged by beside those that are loaded.</summary>
/// <param name="Packs">At most 20.</param>
/// <param name="Calendars">Years of holidays, each the text of a calendar's file; at most 20.</param>
public sealed record ReplayBody(IReadOnlyList<PackBody> Packs, IReadOnlyList<string>? Calendars = null);

/// <summary>A replay as it comes over HTTP.</summary>
public sealed class Replaying
{
    [FromBody]
    public ReplayBody Body { get; set; } = null!;
}

public sealed class ReplayHistory(IQuerySession session, Lawbook law) : Endpoint<Replaying, ReplayAnswer>
{
    private static readonly Flaw Fault = new("pack.fault", "规则包或日历有误", "The pack or calendar is wrong");

    public override void Configure()
    {
        Post("v1/supervision/procedures/{procedureId:guid}/replay");
        Roles(Role.Supervisor);
        Options(b => b.WithMetadata(new RecordsNothing(), Cost.Bundle));
        Summary(s =>
        {
            s.Summary = "换规则重演";
            s.Description = "Judges every notice of a procedure again by other rule packs, in the order and on the state of that time, and tells which would have been "
                + "refused and what else would have been found. Records nothing. For the supervisors of its region.";
            s.ExampleRequest = new Replaying { Body = ReplayExample.Body };
            s.ResponseExamples[StatusCodes.Status200OK] = ReplayExample.Answer;
        });
    }

    public override async Task HandleAsync(Replaying req, CancellationToken ct)
    {
        var procedureId = Route<Guid>("procedureId");
        var events = (await session.Events.FetchStreamAsync(procedureId, token: ct)).Readable();
        var heading = events is [{ Data: INoticed { Notice.Heading: var stated } }, ..] ? stated : null;
        if (Caller.Of(User).BarredFrom(heading?.Region) is { } bar)
        {
            await this.Decline(bar);
            return;
        }

        Lawbook other;
        try
        {
            other = law.With(
                req.Body.Packs.Select((pack, i) => ($"/packs/{i}", JsonSerializer.Serialize(pack, WireJson.Stored))),
                (req.Body.Calendars ?? []).Select((calendar, i) => ($"/calendars/{i}", calendar)));
        }
        catch (System.ComponentModel.DataAnnotations.ValidationException wrong)
        {
            await this.Decline(BodyErrors.Problem(HttpContext, [.. wrong.Message.Split(Environment.NewLine).Select(Failure)]));
            return;
        }

        var noticed = events.Where(e => e.Data is INoticed).ToList();
        var items = Replay.Of(other, noticed.Select(e => ((INoticed)e.Data, Attributed.Of(e).Verdicts)))
            .Select((replayed, i) => ReplayedNotice.Of(noticed[i].Version, noticed[i].Timestamp, replayed, HttpContext.Language())).ToList();
        HttpContext.MarkResponseStart();
        await HttpContext.Response.WriteAsJsonAsync(
            new ReplayAnswer(
                procedureId, other.StampOf(heading!.Category, heading.Region).Split(' ', StringSplitOptions.RemoveEmptyEntries),
                items.Count(item => item.Refused), items.Count(item => item.Changes.Count > 0), items),
            WireJson.Stored, ct);
    }

    // The lawbook says in which file and rule something is wrong; a file's name is here its pointer.
    private static ValidationFailure Failure(string line)
    {
        var end = line.StartsWith('/') ? line.IndexOfAny([',', ':']) : -1;
        var what = line[(end + 1)..].Trim();
        return new ValidationFailure(end < 0 ? "/packs" : line[..end], what)
        {
            ErrorCode = Fault.Code, CustomState = new Wording($"{Fault.Wording.Zh}：{what}", $"{Fault.Wording.En}: {what}"),
        };
    }
}

public sealed class ReplayValidator : Validator<Replaying>
{
    public ReplayValidator()
    {
        RuleFor(r => r.Body).NotNull();
        RuleFor(r => r.Body).ChildRules(body =>
        {
            body.RuleFor(b => b.Packs).AtMost(20);
            body.RuleForEach(b => b.Packs).ChildRules(pack =>
            {
                pack.RuleFor(p => p.Rules).AtMost(1000);
                pack.RuleFor(p => p.Contents).AtMost(1000);
            });
            body.RuleFor(b => b.Calendars).AtMost(20);
            body.RuleForEach(b => b.Calendars).MaximumLength(Lengths.Prose);
        });
    }
}
