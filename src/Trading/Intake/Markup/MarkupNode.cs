using System.Collections;
using AngleSharp.Common;
using AngleSharp.Dom;
using AngleSharp.Html.Construction;

namespace Trading.Intake.Markup;

/// <summary>A node of the tree that AngleSharp's parser builds. It keeps what is published or decides on it, and counts each call.</summary>
internal abstract class MarkupNode(MarkupBudget budget, NodeFlags flags = NodeFlags.None) : IConstructableNode, IConstructableNodeList
{
    // Items that are moved in memory for one step; a step takes about as long.
    private const int MovedInOneStep = 32;

    private static readonly List<MarkupNode> none = [];

    private List<MarkupNode> children = none;
    private int depth;

    public MarkupBudget Budget => budget;

    public IReadOnlyList<MarkupNode> Children => children;

    public MarkupNode? Parent { get; private set; }

    public abstract StringOrMemory NodeName { get; }

    public NodeFlags Flags
    {
        get
        {
            budget.Step();
            return flags;
        }
    }

    IConstructableNode? IConstructableNode.Parent
    {
        get => Parent;
        set => Parent = (MarkupNode?)value;
    }

    IConstructableNodeList IConstructableNode.ChildNodes => this;

    int IConstructableNodeList.Length => children.Count;

    IConstructableNode IConstructableNodeList.this[int index]
    {
        get
        {
            budget.Step();
            return children[index];
        }
    }

    public virtual void AddNode(IConstructableNode node) => InsertNode(children.Count, node);

    public void InsertNode(int idx, IConstructableNode childNode)
    {
        var child = (MarkupNode)childNode;
        child.Parent = this;
        child.depth = depth + 1;
        MarkupBudget.Nesting(child.depth);
        Move(idx);
        if (ReferenceEquals(children, none)) children = [];
        children.Insert(idx, child);
    }

    public void InsertBefore(MarkupNode child, IConstructableNode node)
    {
        var idx = children.LastIndexOf(child);
        Move(idx);
        InsertNode(idx, node);
    }

    public void RemoveNode(int idx, IConstructableNode childNode)
    {
        Move(idx);
        children.RemoveAt(idx);
        ((MarkupNode)childNode).Parent = null;
    }

    public void RemoveChild(IConstructableNode childNode)
    {
        var idx = children.LastIndexOf((MarkupNode)childNode);   // as far back as is then moved
        if (idx >= 0) RemoveNode(idx, childNode);
    }

    public void RemoveFromParent() => Parent?.RemoveChild(this);

    // Texts that follow each other need not be one: they are written one after the other.
    public void AppendText(StringOrMemory text, bool emitWhiteSpaceOnly = false) => AddNode(new MarkupText(budget, text.ToString()));

    public void InsertText(int idx, StringOrMemory text, bool emitWhiteSpaceOnly = false) => InsertNode(idx, new MarkupText(budget, text.ToString()));

    public void Clear() => children = none;

    IEnumerator<IConstructableNode> IEnumerable<IConstructableNode>.GetEnumerator() => children.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => children.GetEnumerator();

    private void Move(int from) => budget.Step(1 + (children.Count - from) / MovedInOneStep);
}

internal sealed class MarkupText : MarkupNode
{
    public MarkupText(MarkupBudget budget, string text) : base(budget)
    {
        budget.Node();
        Text = text;
    }

    public string Text { get; }

    public override StringOrMemory NodeName => "#text";
}
