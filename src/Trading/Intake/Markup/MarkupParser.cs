using System.Collections.Frozen;
using AngleSharp;
using AngleSharp.Common;
using AngleSharp.Dom;
using AngleSharp.Html.Construction;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;
using AngleSharp.Text;

namespace Trading.Intake.Markup;

/// <summary>AngleSharp's parser, which follows the HTML standard, over a tree that is small and limited.</summary>
internal sealed class MarkupParser : IDomConstructionElementFactory<MarkupDocument, MarkupElement>
{
    /// <summary>Elements that the standard's algorithm treats by name, in HTML, SVG or MathML; a name may be known in several, as <c>style</c> and <c>title</c> are.</summary>
    private const string KnownElements =
        "a address applet area article aside b base basefont bgsound big blockquote body br button caption center code col colgroup dd details dir div dl dt em "
        + "embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input keygen li link "
        + "listing main marquee menu menuitem meta nav nobr noembed noframes noscript object ol optgroup option p param plaintext pre rb rp rt rtc script search "
        + "section select small source strike strong style summary s table tbody td template textarea tfoot th thead title tr track tt u ul wbr xmp "
        + "isindex output time annotation-xml desc foreignObject mi mn mo ms mtext";

    private const string Other = "x-other";

    // Otherwise a frameset would take the place of the body, and pages without a doctype would nest tables in paragraphs.
    private const string Prefix = "<!doctype html><body>";

    private static readonly FrozenDictionary<string, NodeFlags> html = Known(NamespaceNames.HtmlUri);
    private static readonly FrozenDictionary<string, NodeFlags> svg = Known(NamespaceNames.SvgUri);
    private static readonly FrozenDictionary<string, NodeFlags> math = Known(NamespaceNames.MathMlUri);

    private readonly MarkupBudget budget;

    private MarkupParser(MarkupBudget budget) => this.budget = budget;

    /// <param name="isRead">Which attributes are kept in the tree.</param>
    /// <exception cref="MarkupRefusedException">It exceeds a limit.</exception>
    /// <exception cref="OperationCanceledException">The work has been stopped from outside.</exception>
    public static MarkupDocument Parse(string text, Func<ReadOnlySpan<char>, bool> isRead, CancellationToken ct)
    {
        var budget = new MarkupBudget(ct);
        var templates = 0;   // open ones; nobody reads what is in them, and AngleSharp knows them by a class of its own
        var context = BrowsingContext.New(new Configuration([new MarkupParser(budget)]));
        var parser = new HtmlParser(
            new HtmlParserOptions { MaximumDepth = int.MaxValue, SkipComments = true, DisableElementPositionTracking = true, ShouldEmitAttribute = Emit }, context);
        var document = parser.ParseDocument<MarkupDocument, MarkupElement>(new TextSource(Prefix + text), Consume);
        document.Builder?.Dispose();
        return document;

        bool Emit(ref StructHtmlToken tag, ReadOnlyMemory<char> name)
        {
            MarkupBudget.Attributes(tag.Attributes.Count);
            return isRead(name.Span);
        }

        TokenConsumptionResult Consume(ref StructHtmlToken token, TokenConsumer next)
        {
            budget.Token();
            var isTemplate = token.Type is HtmlTokenType.StartTag or HtmlTokenType.EndTag && token.Name == "template";
            if (isTemplate) templates = int.Max(0, templates + (token.Type is HtmlTokenType.StartTag ? 1 : -1));
            if (templates is 0 && !isTemplate) next(ref token);
            return TokenConsumptionResult.Continue;
        }
    }

    public MarkupDocument CreateDocument(TextSource source, IBrowsingContext? context = null) => new(budget, source);

    public MarkupElement Create(MarkupDocument document, StringOrMemory localName, StringOrMemory prefix = default, NodeFlags flags = NodeFlags.None) =>
        new(document, localName.ToString(), flags | Flags(html, localName), NamespaceNames.HtmlUri);

    public MarkupElement CreateUnknown(MarkupDocument document, StringOrMemory tagName) => Create(document, tagName);

    public MarkupElement CreateNoScript(MarkupDocument document, bool scripting) => Create(document, "noscript");

    public IConstructableSvgElement CreateSvg(MarkupDocument document, StringOrMemory name = default) => new MarkupSvg(document, name.ToString(), Flags(svg, name));

    public IConstructableMathElement CreateMath(MarkupDocument document, StringOrMemory name = default) => new MarkupMath(document, name.ToString(), Flags(math, name));

    public IConstructableMetaElement CreateMeta(MarkupDocument document) => new MarkupMeta(document, html["meta"]);

    public IConstructableScriptElement CreateScript(MarkupDocument document, bool parserInserted, bool started) => new MarkupScript(document, html["script"]);

    public IConstructableFrameElement CreateFrame(MarkupDocument document) => new MarkupFrame(document, html["frame"]);

    public IConstructableTemplateElement CreateTemplate(MarkupDocument document) => new MarkupTemplate(document, html["template"]);

    public IConstructableFormElement CreateForm(MarkupDocument document) => new MarkupForm(document, html["form"]);

    public IConstructableNode CreateDocumentType(
        MarkupDocument document, StringOrMemory name, StringOrMemory publicIdentifier, StringOrMemory systemIdentifier) => new MarkupText(budget, "");

    private static NodeFlags Flags(FrozenDictionary<string, NodeFlags> known, StringOrMemory name) => known.GetValueOrDefault(name.ToString(), known[Other]);

    /// <summary>The flags that AngleSharp gives its own elements of these names, and any other.</summary>
    private static FrozenDictionary<string, NodeFlags> Known(string space)
    {
        var document = new HtmlParser().ParseDocument("");
        return KnownElements.Split(' ').Append(Other).ToFrozenDictionary(name => name, name => document.CreateElement(space, name).Flags);
    }
}
