using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Validators;

namespace Trading.Http.OpenApi;

/// <summary>What validators ask of a member, as far as a schema can say it. Where two ask differently, the laxer stands.</summary>
public sealed class BodyRules
{
    private readonly List<(Type Owner, string Member, BodyRule Rule)> all = [];

    public static BodyRules OfAll()
    {
        var rules = new BodyRules();
        foreach (var type in typeof(BodyRules).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false, ContainsGenericParameters: false } && t.IsAssignableTo(typeof(IValidator)) && t.GetConstructor(Type.EmptyTypes) is not null))
            rules.Read((IValidator)Activator.CreateInstance(type)!);
        return rules;
    }

    public BodyRule? Of(Type owner, string member) => all
        .Where(rule => rule.Member == member && rule.Owner.IsAssignableFrom(owner)).Select(rule => rule.Rule)
        .Aggregate((BodyRule?)null, (laxer, rule) => laxer is null ? rule : laxer.Or(rule));

    private void Read(IValidator validator)
    {
        if (validator is not IEnumerable<IValidationRule> rules) return;
        foreach (var rule in rules)
        {
            if (rule.Expression?.Body is MemberExpression { Expression: { } owner } member) all.Add((owner.Type, member.Member.Name, Ask(rule, owner is ParameterExpression)));
            foreach (var component in rule.Components)
                if (component.Validator is IChildValidatorAdaptor adaptor && Child(adaptor) is { } child) Read(child);
        }
    }

    private static IValidator? Child(IChildValidatorAdaptor adaptor)
    {
        if (adaptor.GetType().GetMethod("GetValidator") is not { } method) return null;
        var nothing = Activator.CreateInstance(method.GetParameters()[0].ParameterType, [null]);
        return method.Invoke(adaptor, [nothing, null]) as IValidator;
    }

    private static BodyRule Ask(IValidationRule rule, bool direct)
    {
        var ask = new BodyRule { Items = rule.GetType().GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICollectionRule<,>)) };
        foreach (var component in rule.Components)
        {
            // What is asked of a part is asked when there is the part; what is asked of the body itself on a condition is not always asked.
            var always = !direct || !(rule.HasCondition || component.HasCondition);
            ask = component.Validator switch
            {
                ILengthValidator { Max: > 0 } length => ask with { MinLength = length.Min, MaxLength = length.Max },
                INotEmptyValidator when always => ask with { NotEmpty = true, NotNull = true },
                INotNullValidator when always => ask with { NotNull = true },
                IRegularExpressionValidator form => ask with { Pattern = form.Expression },
                IBetweenValidator between => ask with { Least = between.From, Most = between.To },
                IComparisonValidator { Comparison: Comparison.GreaterThanOrEqual, ValueToCompare: { } least } => ask with { Least = least },
                IComparisonValidator { Comparison: Comparison.LessThanOrEqual, ValueToCompare: { } most } => ask with { Most = most },
                _ => ask,
            };
        }

        return ask;
    }
}

public sealed partial record BodyRule
{
    /// <summary>Whether this is asked of each item of a list, and not of the list.</summary>
    public bool Items { get; init; }

    /// <summary>Of a text in characters, of a list in items; likewise <see cref="MaxLength"/>.</summary>
    public int MinLength { get; init; }

    public int? MaxLength { get; init; }

    public bool NotEmpty { get; init; }

    public bool NotNull { get; init; }

    public string? Pattern { get; init; }

    public object? Least { get; init; }

    public object? Most { get; init; }

    public BodyRule? ItemRule { get; private init; }

    public BodyRule Or(BodyRule other) => (Items, other.Items) switch
    {
        (false, true) => this with { ItemRule = other },
        (true, false) => other with { ItemRule = this },
        _ => this with
        {
            MaxLength = MaxLength is null || other.MaxLength is null ? MaxLength ?? other.MaxLength : Math.Max(MaxLength.Value, other.MaxLength.Value),
            MinLength = Math.Max(MinLength, other.MinLength),
            NotEmpty = NotEmpty || other.NotEmpty,
            NotNull = NotNull || other.NotNull,
            Pattern = Pattern ?? other.Pattern,
            Least = Least ?? other.Least,
            Most = Most ?? other.Most,
            ItemRule = ItemRule ?? other.ItemRule,
        },
    };

    public void Limit(JsonObject schema)
    {
        if (Items)
        {
            Item(schema, this with { Items = false });
            return;
        }

        if (ItemRule is not null) Item(schema, ItemRule with { Items = false });
        var type = (string?)schema["type"];
        var (least, most) = type is "array" ? ("minItems", "maxItems") : ("minLength", "maxLength");
        if (type is "string" or "array" && (NotEmpty || MinLength > 0)) schema[least] = Math.Max(1, MinLength);
        if (type is "string" or "array" && MaxLength is { } longest) schema[most] = longest;
        if (type is "string" && Pattern is not null) schema["pattern"] = Anchors().Replace(Pattern, match => match.Value is @"\A" ? "^" : "$");
        if (type is "integer" or "number" && Least is not null) schema["minimum"] = JsonSerializer.SerializeToNode(Least);
        if (type is "integer" or "number" && Most is not null) schema["maximum"] = JsonSerializer.SerializeToNode(Most);
    }

    private static void Item(JsonObject schema, BodyRule rule)
    {
        if (schema["items"] is JsonObject items) rule.Limit(items);
    }

    [GeneratedRegex(@"\\A|\\z")]
    private static partial Regex Anchors();
}
