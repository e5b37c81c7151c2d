using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Trading.Http.OpenApi;

/// <summary>The doc comments of the source, as Markdown; names of members as they are on the wire.</summary>
public static partial class DocComments
{
    private static readonly Lazy<Dictionary<string, XElement>> Members = new(() => XDocument
        .Load(Path.Combine(AppContext.BaseDirectory, "Trading.xml")).Descendants("member")
        .ToDictionary(member => (string)member.Attribute("name")!));

    public static string? Of(Type type) => Summary("T:" + Name(type));

    public static string? Of(PropertyInfo property) => Summary($"P:{Name(property.DeclaringType!)}.{property.Name}");

    private static string Name(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string? Summary(string member) =>
        Members.Value.GetValueOrDefault(member)?.Element("summary") is { } summary ? Space().Replace(Text(summary), " ").Trim() : null;

    private static string Text(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "paramref" } reference => Wire((string)reference.Attribute("name")!),
        XElement { Name.LocalName: "see" } reference => Wire(((string)reference.Attribute("cref")!).Split('.')[^1]),
        XElement other => Text(other),
        _ => "",
    }));

    private static string Wire(string name) => $"`{System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name)}`";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
