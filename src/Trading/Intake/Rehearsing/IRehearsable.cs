using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using Trading.Http;
using Trading.Kernel;

namespace Trading.Intake.Rehearsing;

/// <summary>A use case that decides on what was rehearsed before as it does on what was recorded.</summary>
public interface IRehearsable
{
    Rehearsed Rehearse(Rehearsal rehearsal, RehearsedPosting posting);
}

/// <summary>A posting that is tried out.</summary>
/// <param name="At">Where the clock stands for it.</param>
/// <param name="Address">The ids in its address.</param>
/// <param name="Stop">Ends the work.</param>
public sealed record RehearsedPosting(
    JsonElement Body, IValidator Validator, Caller Caller, DateTimeOffset At, RouteValueDictionary Address, CancellationToken Stop)
{
    /// <summary>Characters of HTML that are tried out; a real posting may have more.</summary>
    public const int LongestHtml = 200_000;

    private static readonly HtmlLimit HtmlTooLong = new("html-length", new("预检的HTML不能超过20万个字符。", "HTML that is tried out has at most 200,000 characters."));

    private NoticeHtml.Cleaned? html;

    public Filing File(NoticeBody body) => new(body, html, Caller, At, Address);

    /// <summary>Goes on with the body when its form is that of a real posting.</summary>
    public Rehearsed Read<TBody>(Func<TBody, Rehearsed> decide) where TBody : NoticeBody
    {
        TBody? body;
        try
        {
            body = Body.Deserialize<TBody>(WireJson.Strict);
        }
        catch (JsonException invalid)
        {
            return new Rehearsed.Invalid([BodyErrors.Of(invalid)]);
        }

        var checkedForm = Validator.Validate(new ValidationContext<Post<TBody>>(new Post<TBody> { Body = body! }));
        if (!checkedForm.IsValid) return new Rehearsed.Invalid(checkedForm.Errors);
        var cleaned = body!.Html switch
        {
            null => null,
            { Length: > LongestHtml } => new NoticeHtml.Refused(HtmlTooLong),
            var original => NoticeHtml.Clean(original, Stop),
        };
        if (cleaned is NoticeHtml.Refused { Failure: var failure }) return new Rehearsed.Invalid([failure]);
        html = cleaned as NoticeHtml.Cleaned;
        return decide(body);
    }
}

/// <summary>What became of a posting that was tried out.</summary>
public abstract record Rehearsed
{
    private Rehearsed() { }

    public sealed record Recorded(Filing Filing, Decision.Accepted Decision) : Rehearsed;

    public sealed record Refused(Finding Finding) : Rehearsed;

    public sealed record Invalid(IReadOnlyList<ValidationFailure> Failures) : Rehearsed;
}
