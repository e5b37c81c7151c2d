using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Law.Packs;

/// <summary>
/// 内容位置: where an item stands in a notice, member by member as on the wire (RFC 6901), with <c>*</c> for every element of a list. It is
/// resolved against the kind of event when a pack is read. Members that only some cases of an element have are asked of those alone.
/// </summary>
public sealed class ContentPath
{
    private const string Every = "*";

    private readonly string text;
    private readonly IReadOnlyList<Step> steps;

    private ContentPath(string text, IReadOnlyList<Step> steps, bool mayLack) => (this.text, this.steps, MayLack) = (text, steps, mayLack);

    /// <summary>What can stand there, as on the wire, when that is a closed set.</summary>
    public IReadOnlyList<string> Values => steps[^1].Type switch
    {
        { IsEnum: true } closed => [.. Enum.GetNames(closed).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)],
        var type when type == typeof(bool) => ["true", "false"],
        _ => [],
    };

    /// <summary>Whether a notice of the right form can be without it.</summary>
    public bool MayLack { get; }

    /// <summary>The list whose elements it asks; empty when it asks no list.</summary>
    public string List => text.LastIndexOf(Every, StringComparison.Ordinal) is >= 0 and var at ? text[..at] : "";

    /// <exception cref="FormatException">When the notice has no such member.</exception>
    public static ContentPath Of(Type notice, string text)
    {
        if (!text.StartsWith('/')) throw new FormatException($"'{text}' must begin with '/'");
        var (type, mayLack) = (notice, false);
        var steps = new List<Step>();
        foreach (var name in text[1..].Split('/'))
        {
            Step step = name is Every
                ? new Step.Elements(ElementOf(type) ?? throw new FormatException($"'{text}': there is no list before '*'"))
                : new Step.Member([.. Members(type, name)]);
            if (step is Step.Member { Cases.Count: 0 }) throw new FormatException($"'{text}': {type.Name} has no member '{name}'");
            mayLack |= step.MayLack;
            type = step.Type;
            steps.Add(step);
        }

        return new ContentPath(text, steps, mayLack || type == typeof(string) || ElementOf(type) is not null);
    }

    /// <summary>Which elements lack it, or have another value; see <see cref="ContentDemand.Lacking"/>.</summary>
    public IReadOnlyList<string> Lacking(INoticed notice, string? value = null)
    {
        var lacking = new List<string>();
        Look(notice, 0, "", value, lacking);
        return lacking;
    }

    public override string ToString() => text;

    private void Look(object? at, int next, string element, string? value, List<string> lacking)
    {
        if (next == steps.Count)
        {
            if (value is null ? IsEmpty(at) : Written(at) != value) lacking.Add(element);
            return;
        }

        switch (steps[next])
        {
            case Step.Elements when at is IEnumerable list:
                var number = 0;
                foreach (var item in list) Look(item, next + 1, Named(element, item, ++number), value, lacking);
                break;
            case Step.Member when at is null:
                lacking.Add(element);
                break;
            case Step.Member member when member.Of(at) is { } found:
                var inner = found.Get(at);
                if (inner is null && found.IsPersonal && at is Sealable { Sealed.Count: > 0 }) return;   // kept in the vault
                Look(inner, next + 1, element, value, lacking);
                break;
        }
    }

    private static bool IsEmpty(object? value) => value switch
    {
        null => true,
        string prose => string.IsNullOrWhiteSpace(prose),
        ICollection { Count: 0 } => true,
        _ => false,
    };

    private static string? Written(object? value) => value is bool flag ? (flag ? "true" : "false")
        : value is null ? null : JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()!);

    /// <summary>An element by what people know it by: its lot, its rank, its bidder, or its number in the list.</summary>
    private static string Named(string within, object? element, int number)
    {
        var own = element switch
        {
            LotId lot => $"{lot}",
            Lot lot => $"{lot.LotId}",
            LotCandidates lot => $"{lot.LotId}",
            LotResult result => $"{result.LotId}",
            Candidate candidate => $"{candidate.Rank}",
            OpenedBid bid => $"{bid.LotId}/{bid.Bidder.Name}",
            _ => $"{number}",
        };
        return within is "" ? own : $"{within}/{own}";
    }

    private static Type? ElementOf(Type type) => type == typeof(string) ? null
        : type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    private static IEnumerable<Case> Members(Type type, string name) =>
        from @case in (Type[])[type, .. type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(derived => derived.DerivedType)]
        from property in @case.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.DeclaringType == @case || @case == type
        where property.Name is not nameof(Sealable.Sealed) && JsonNamingPolicy.CamelCase.ConvertName(property.Name) == name
        where property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always }
        select new Case(@case, property);

    private abstract record Step(Type Type, bool MayLack)
    {
        public sealed record Elements(Type Element) : Step(Element, false);

        public sealed record Member(IReadOnlyList<Case> Cases)
            : Step(Cases.Count is 0 ? typeof(object) : Cases[0].Type, Cases.Any(@case => @case.MayLack))
        {
            public Case? Of(object owner)
            {
                foreach (var @case in Cases)
                    if (@case.Owner.IsInstanceOfType(owner)) return @case;
                return null;
            }
        }
    }

    private sealed class Case(Type owner, PropertyInfo property)
    {
        private readonly MethodInvoker getter = MethodInvoker.Create(property.GetMethod!);

        public Type Owner => owner;

        public Type Type { get; } = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

        public bool IsPersonal { get; } = property.IsDefined(typeof(PersonalAttribute), inherit: false);

        public bool MayLack { get; } = new NullabilityInfoContext().Create(property).ReadState is not NullabilityState.NotNull;

        public object? Get(object from) => getter.Invoke(from);
    }
}
