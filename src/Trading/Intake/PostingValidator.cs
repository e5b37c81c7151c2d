using System.Text.RegularExpressions;
using FastEndpoints;
using FluentValidation;
using Trading.Events;

namespace Trading.Intake;

/// <summary>Lengths in characters, counts in items; generous, for they only keep nonsense out.</summary>
public static class Lengths
{
    public const int Name = 300;
    public const int Line = 1_000;
    public const int Prose = 100_000;
    public const int Lots = 500;
    public const int Bidders = 2_000;
    public const int Supplies = 1_000;
}

/// <summary>What is checked of every posting's form; the use case adds its own.</summary>
public abstract class PostingValidator<TBody> : Validator<Post<TBody>> where TBody : NoticeBody
{
    protected PostingValidator()
    {
        RuleFor(post => post.Body).NotNull();
        Body(EveryBody);
    }

    protected void Body(Action<InlineValidator<TBody>> rules) => RuleFor(post => post.Body).ChildRules(rules);

    private static void EveryBody(InlineValidator<TBody> body)
    {
        body.RuleFor(b => b.Title).MaximumLength(600);
        body.RuleFor(b => b.Title).Must(title => title is null || title.Trim().Length > 0).WithErrorCode("NotEmpty");
        body.RuleFor(b => b.Html).Null().When(b => b.Text is not null).WithErrorCode("TextOrHtml");
        body.RuleFor(b => b.SourceUrl).Must(WebAddress).When(b => b.SourceUrl is not null).WithErrorCode("WebAddress");
        body.RuleFor(b => b.Media).AtMost(50);
        body.RuleForEach(b => b.Media).NotEmpty().MaximumLength(Lengths.Name);
        body.RuleFor(b => b.Attachments).AtMost(100);
        body.RuleForEach(b => b.Attachments).SetValidator(new AttachmentValidator());
        body.RuleFor(b => b.Disclosure!.SecrecyReview!.Reviewer).NotEmpty().MaximumLength(Lengths.Name)
            .When(b => b.Disclosure?.SecrecyReview is not null);
    }

    private static bool WebAddress(string? text) =>
        text is { Length: <= 2_000 } && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}

public sealed class PartyValidator : AbstractValidator<Party>
{
    public PartyValidator()
    {
        RuleFor(p => p.Name).NotEmpty().MaximumLength(Lengths.Name);
        RuleFor(p => p.Address).MaximumLength(Lengths.Name);
        RuleFor(p => p.Contact!.Name).MaximumLength(100).When(p => p.Contact is not null);
        RuleFor(p => p.Contact!.Phone).MaximumLength(50).When(p => p.Contact is not null);
        RuleFor(p => p.Contact!.Email).MaximumLength(200).When(p => p.Contact is not null);
    }
}

public sealed partial class AttachmentValidator : AbstractValidator<Attachment>
{
    public AttachmentValidator()
    {
        RuleFor(a => a.Name).NotEmpty().MaximumLength(Lengths.Name);
        RuleFor(a => a.Kind).NotEmpty().MaximumLength(100);
        RuleFor(a => a.MediaType).NotEmpty().MaximumLength(100);
        RuleFor(a => a.Size).GreaterThanOrEqualTo(0);
        RuleFor(a => a.Sha256).Matches(Sha256()).WithErrorCode("Sha256");
        RuleFor(a => a.Url).Must(url => url is { IsAbsoluteUri: true, Scheme: "http" or "https" }).WithErrorCode("WebAddress");
    }

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Sha256();
}
