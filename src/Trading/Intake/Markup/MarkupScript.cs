using AngleSharp.Dom;
using AngleSharp.Html.Construction;

namespace Trading.Intake.Markup;

/// <summary>It never runs.</summary>
internal sealed class MarkupScript(MarkupDocument document, NodeFlags flags) : MarkupElement(document, "script", flags, NamespaceNames.HtmlUri), IConstructableScriptElement
{
    public bool Prepare(IConstructableDocument document) => false;

    public Task RunAsync(CancellationToken cancel) => Task.CompletedTask;
}

internal sealed class MarkupMeta(MarkupDocument document, NodeFlags flags) : MarkupElement(document, "meta", flags, NamespaceNames.HtmlUri), IConstructableMetaElement
{
    public void Handle() => Budget.Step();
}

internal sealed class MarkupTemplate(MarkupDocument document, NodeFlags flags)
    : MarkupElement(document, "template", flags, NamespaceNames.HtmlUri), IConstructableTemplateElement
{
    public void PopulateFragment() => Budget.Step();
}

internal sealed class MarkupForm(MarkupDocument document, NodeFlags flags) : MarkupElement(document, "form", flags, NamespaceNames.HtmlUri), IConstructableFormElement;

internal sealed class MarkupFrame(MarkupDocument document, NodeFlags flags) : MarkupElement(document, "frame", flags, NamespaceNames.HtmlUri), IConstructableFrameElement;

internal sealed class MarkupSvg(MarkupDocument document, string name, NodeFlags flags) : MarkupElement(document, name, flags, NamespaceNames.SvgUri), IConstructableSvgElement;

internal sealed class MarkupMath(MarkupDocument document, string name, NodeFlags flags) : MarkupElement(document, name, flags, NamespaceNames.MathMlUri), IConstructableMathElement;
