using AngleSharp.Common;
using AngleSharp.Dom;
using AngleSharp.Html.Construction;
using AngleSharp.Html.Parser.Tokens.Struct;
using AngleSharp.Text;

namespace Trading.Intake.Markup;

/// <summary>The root of the tree. It loads nothing and waits for nothing.</summary>
internal sealed class MarkupDocument(MarkupBudget budget, TextSource source) : MarkupNode(budget), IConstructableDocument
{
    public TextSource Source => source;

    public IDisposable? Builder { get; set; }

    public QuirksMode QuirksMode { get; set; }

    public IConstructableElement? Head => Root?.Children.OfType<MarkupElement>().FirstOrDefault(element => element.Name is "head");

    public IConstructableElement DocumentElement => Root!;

    /// <summary>Tables that the parser has not closed yet, the innermost last.</summary>
    public List<MarkupElement> OpenTables { get; } = [];

    public MarkupElement? Root => Children.OfType<MarkupElement>().FirstOrDefault();

    public bool IsLoading => false;

    public override StringOrMemory NodeName => "#document";

    /// <summary>
    /// AngleSharp knows tables by a class of its own and puts elements that stand wrongly in one here. Their place is before the table (foster parenting).
    /// </summary>
    public override void AddNode(IConstructableNode node)
    {
        if (node is not MarkupElement || Root is null) base.AddNode(node);
        else if (OpenTables is [.., { Parent: { } parent } innermost]) parent.InsertBefore(innermost, node);
        else Root.AddNode(node);
    }

    public void PerformMicrotaskCheckpoint() => Budget.Step();

    public void ProvideStableState() => Budget.Step();

    public void AddComment(ref StructHtmlToken token) => Budget.Step();

    public void TrackError(Exception exception) => Budget.Step();

    public Task WaitForReadyAsync(CancellationToken cancelToken) => Task.CompletedTask;

    public Task FinishLoadingAsync() => Task.CompletedTask;

    public void ApplyManifest() => Budget.Step();
}
