namespace Trading.Intake.Markup;

/// <summary>
/// Limits what the parser builds, while it builds: nodes, nesting and work, after formatting elements were reopened and misplaced ones moved.
/// Every call of the parser on the tree is counted, so the time it takes is bounded by <see cref="MostSteps"/> whatever the text.
/// </summary>
internal sealed class MarkupBudget(CancellationToken ct)
{
    /// <summary>Levels from the body down. Word processors stay below 50; browsers stop at 512.</summary>
    public const int DeepestNesting = 256;

    /// <summary>Elements and texts. A table of a megabyte has about 130,000.</summary>
    public const int MostNodes = 200_000;

    /// <summary>Attributes of one tag that may be kept.</summary>
    public const int MostAttributes = 64;

    /// <summary>Calls of the parser on the tree. A table of a megabyte takes about 6,000,000.</summary>
    public const int MostSteps = 30_000_000;

    private static readonly HtmlLimit TooDeep = new("html-depth", new("HTML嵌套过深。", "The HTML is nested too deep."));
    private static readonly HtmlLimit TooManyNodes = new("html-nodes", new("HTML元素和文本过多。", "The HTML has too many elements and texts."));
    private static readonly HtmlLimit TooManyAttributes = new("html-attributes", new("HTML标签的属性过多。", "A tag of the HTML has too many attributes."));
    private static readonly HtmlLimit TooTangled = new("html-tangled", new("HTML标签交错，无法在限度内解析。", "The HTML's tags overlap so much that parsing it takes too long."));
    private static readonly HtmlLimit TooLong = new("html-expansion", new("HTML展开后过长。", "The HTML becomes too long once overlapping tags are set right."));

    private int nodes;
    private int steps;

    public void Node()
    {
        if (++nodes > MostNodes) throw new MarkupRefusedException(TooManyNodes);
    }

    public void Step(int count = 1)
    {
        if ((steps += count) > MostSteps) throw new MarkupRefusedException(TooTangled);
    }

    /// <exception cref="OperationCanceledException">The work has been stopped from outside.</exception>
    public void Token() => ct.ThrowIfCancellationRequested();

    public static void Nesting(int depth)
    {
        if (depth > DeepestNesting) throw new MarkupRefusedException(TooDeep);
    }

    public static void Attributes(int count)
    {
        if (count > MostAttributes) throw new MarkupRefusedException(TooManyAttributes);
    }

    public static void Length(int written, int most)
    {
        if (written > most) throw new MarkupRefusedException(TooLong);
    }
}

/// <summary>The HTML exceeds a limit.</summary>
internal sealed class MarkupRefusedException(HtmlLimit limit) : Exception(limit.Wording.En)
{
    public HtmlLimit Limit => limit;
}
