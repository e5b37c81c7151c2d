using System.Collections.Frozen;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Read.Codes;

/// <summary>代码表: what the words of closed sets mean, as people read them.</summary>
public sealed record Codelist(string List, Wording Title, IReadOnlyList<Code> Codes)
{
    public CodelistLinks Links => new($"/v1/codelists/{List}");
}

/// <param name="Value">As it stands on the wire.</param>
public sealed record Code(string Value, Wording Name);

public sealed record CodelistLinks(string Self);

/// <summary>Every list there is: those of <c>codelists.csv</c>, the kinds of notice, and the class codes whose meaning is known.</summary>
public static class Codelists
{
    private static readonly Lazy<FrozenDictionary<string, Codelist>> all = new(() => Load().ToFrozenDictionary(list => list.List));

    public static IReadOnlyList<Codelist> All => [.. all.Value.Values.OrderBy(list => list.List, StringComparer.Ordinal)];

    public static Codelist? Find(string list) => all.Value.GetValueOrDefault(list);

    private static IEnumerable<Codelist> Load()
    {
        using var reader = new StreamReader(typeof(Codelists).Assembly.GetManifestResourceStream("codelists.csv")!);
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd('\r').Split(',')).ToList();
        return
        [
            .. rows.GroupBy(cells => cells[0]).Select(list => new Codelist(
                list.Key, Name(list.First()), [.. list.Skip(1).Select(cells => new Code(cells[1], Name(cells)))])),
            new("notice-kind", new("公告类型", "Kind of notice"), [.. Catalogue.All.Select(kind => new Code(kind.WireName, new(Names(kind), kind.WireName)))]),
            new("class-code", new("公共资源交易分类", "Class of public-resource trading"), [.. ClassCode.Known.Select(code => new Code(code.ToString(), new(code.Name!, code.ToString())))]),
        ];
    }

    private static Wording Name(string[] cells) => new(cells[2], cells[3]);

    private static string Names(EventKind kind) => string.Join('、', Enum.GetValues<TradeCategory>().Select(kind.Titles).Distinct());
}
