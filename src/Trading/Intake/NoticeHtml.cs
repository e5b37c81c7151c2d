using FluentValidation.Results;
using Trading.Intake.Markup;
using Trading.Kernel;

namespace Trading.Intake;

/// <summary>
/// Takes out of a notice's HTML whatever loads or runs anything, and keeps every word a reader sees and how it is laid out. What is hidden from
/// the reader is taken out and counted. Time and memory are bounded whatever the text.
/// </summary>
public abstract record NoticeHtml
{
    private NoticeHtml() { }

    /// <param name="Html">As it is published.</param>
    /// <param name="Hidden">How many characters, other than white space, and pictures were hidden from the reader.</param>
    public sealed record Cleaned(string Html, int Hidden) : NoticeHtml;

    public sealed record Refused(HtmlLimit Limit) : NoticeHtml
    {
        /// <summary>As of a member of a posting's body.</summary>
        public ValidationFailure Failure => new("/html", Limit.Wording.En) { ErrorCode = Limit.Code, CustomState = Limit.Wording };
    }

    /// <exception cref="OperationCanceledException">The work has been stopped from outside.</exception>
    public static NoticeHtml Clean(string html, CancellationToken ct = default)
    {
        try
        {
            var (hidden, most) = (0, Longest(html));
            for (var round = 1; ; round++)
            {
                var document = MarkupParser.Parse(html, Permitted.IsRead, ct);
                var writer = new MarkupWriter(StyleSheet.Of(document), most);
                writer.Write(document);
                (html, hidden) = (writer.ToString(), hidden + writer.Hidden);
                if (writer.IsSettled || round is MostRounds) return new Cleaned(html, hidden);
            }
        }
        catch (MarkupRefusedException refused)
        {
            return new Refused(refused.Limit);
        }
    }

    // A button in a paragraph may hold a table, the paragraph alone may not: it is read again as it will be read.
    private const int MostRounds = 2;

    /// <summary>Escapes lengthen a text, and links get their rel; reopened formatting must not lengthen it without end.</summary>
    private static int Longest(string html) => 64_000 + 3 * html.Length;
}

/// <summary>A limit that HTML exceeds.</summary>
/// <param name="Code">As clients see it in a problem.</param>
public sealed record HtmlLimit(string Code, Wording Wording);
