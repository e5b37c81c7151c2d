using AngleSharp.Common;
using AngleSharp.Dom;
using AngleSharp.Html.Construction;
using AngleSharp.Html.Parser.Tokens.Struct;

namespace Trading.Intake.Markup;

/// <summary>An element. To the parser most differ by name, namespace and flags alone; the others are in <see cref="MarkupScript"/> and its neighbours.</summary>
internal class MarkupElement : MarkupNode, IConstructableElement, IConstructableNamedNodeMap
{
    private readonly MarkupDocument document;
    private readonly string name;
    private readonly string space;
    private readonly NodeFlags flags;
    private MarkupAttribute[] attributes = [];
    private string[]? classes;

    public MarkupElement(MarkupDocument document, string name, NodeFlags flags, string space) : base(document.Budget, flags)
    {
        Budget.Node();
        (this.document, this.name, this.flags, this.space) = (document, name, flags, space);
        if (name is "table" && IsHtml) document.OpenTables.Add(this);
    }

    public string Name => name;

    public bool IsHtml => space == NamespaceNames.HtmlUri;

    public IReadOnlyList<MarkupAttribute> Attributes => attributes;

    public string[] Classes => classes ??= this["class"]?.Split([' ', '\t', '\n', '\r', '\f'], StringSplitOptions.RemoveEmptyEntries) ?? [];

    public override StringOrMemory NodeName => name;

    public StringOrMemory LocalName
    {
        get
        {
            Budget.Step();
            return name;
        }
    }

    public StringOrMemory NamespaceUri => space;

    public StringOrMemory Prefix => StringOrMemory.Empty;

    public ISourceReference? SourceReference { get; set; }

    IConstructableNamedNodeMap IConstructableElement.Attributes => this;

    int IConstructableNamedNodeMap.Length => attributes.Length;

    IConstructableAttr? IConstructableNamedNodeMap.this[StringOrMemory name] =>
        Find(name) is >= 0 and var at ? new Held(attributes[at].Name, attributes[at].Value) : null;

    /// <summary>The value of an attribute; null where it has none of this name.</summary>
    public string? this[string attribute] => Find(attribute) is >= 0 and var at ? attributes[at].Value : null;

    bool IConstructableNamedNodeMap.SameAs(IConstructableNamedNodeMap? other)
    {
        var others = ((MarkupElement)other!).attributes;
        Budget.Step();
        return attributes.Length == others.Length && Array.TrueForAll(attributes, attribute =>
        {
            var at = Array.IndexOf(others, attribute);
            Budget.Step(at < 0 ? others.Length : at + 1);
            return at >= 0;
        });
    }

    /// <summary>Adds those of a tag; a second body tag adds to the first.</summary>
    public void SetAttributes(StructAttributes tagAttributes)
    {
        var all = new MarkupAttribute[attributes.Length + tagAttributes.Count];
        attributes.CopyTo(all, 0);
        for (var i = 0; i < tagAttributes.Count; i++) all[attributes.Length + i] = new(tagAttributes[i].Name.ToString(), tagAttributes[i].Value.ToString());
        attributes = all;
    }

    public void SetAttribute(string? namespaceUri, StringOrMemory name, StringOrMemory value) => SetOwnAttribute(name, value);

    public void SetOwnAttribute(StringOrMemory name, StringOrMemory value) =>
        attributes = [.. attributes.Where(attribute => name != attribute.Name), new(name.ToString(), value.ToString())];

    public StringOrMemory GetAttribute(StringOrMemory namespaceUri, StringOrMemory localName) =>
        Find(localName) is >= 0 and var at ? attributes[at].Value : StringOrMemory.Empty;

    public bool HasAttribute(StringOrMemory name) => Find(name) >= 0;

    public IConstructableNode ShallowCopy() => new MarkupElement(document, name, flags, space) { attributes = attributes };

    /// <summary>The parser closes it.</summary>
    public void SetupElement()
    {
        Budget.Step();
        if (name is "table" && document.OpenTables.LastIndexOf(this) is >= 0 and var at) document.OpenTables.RemoveAt(at);
    }

    public void AddComment(ref StructHtmlToken token) => Budget.Step();

    private int Find(StringOrMemory name)
    {
        Budget.Step(1 + attributes.Length);
        return Array.FindIndex(attributes, attribute => name == attribute.Name);
    }

    private sealed class Held(StringOrMemory name, StringOrMemory value) : IConstructableAttr
    {
        public StringOrMemory Name => name;

        public StringOrMemory Value { get; set; } = value;
    }
}

internal readonly record struct MarkupAttribute(string Name, string Value);
