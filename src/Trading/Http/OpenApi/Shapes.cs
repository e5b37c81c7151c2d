using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NJsonSchema;
using NJsonSchema.Generation;
using NJsonSchema.Generation.TypeMappers;
using Trading.Kernel;

namespace Trading.Http.OpenApi;

/// <summary>How .NET types become schemas where NJsonSchema cannot know, and which type each schema came from.</summary>
public sealed class Shapes : DefaultSchemaNameGenerator, ISchemaProcessor, ISchemaNameGenerator
{
    /// <summary>What a written value looks like; its standard may ask for more, such as a check character.</summary>
    private static readonly Dictionary<Type, Form> Forms = new()
    {
        [typeof(ClassCode)] = new("^[ABCDEGZ][0-9]{2}$", "A01"),
        [typeof(CreditCode)] = new("^[0-9A-HJ-NP-RTUW-Y]{18}$", "91350100M000100Y43"),
        [typeof(InvestmentProjectCode)] = new("^[0-9]{4}-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}$", "2019-430300-47-01-012345"),
        [typeof(LotId)] = new("^[A-Za-z0-9._-]{1,32}$", "001"),
        [typeof(Percent)] = new(@"^(0|[1-9][0-9]{0,3})(\.[0-9]{1,4})?$", "20.50"),
        [typeof(RegionCode)] = new("^[0-9]{6}$", "420500"),
        [typeof(RegionPrefix)] = new(@"^(\*|[1-9][0-9]([0-9]{2}){0,2})$", "4205"),
        [typeof(TenderNumber)] = new("^([A-Za-z0-9]{17}|[A-Za-z0-9]{20}|[A-Za-z0-9]{23}|[A-Za-z0-9]{26})$", "M4205000001000001"),
        [typeof(UnifiedDealCode)] = new("^[A-Z][0-9]{2}-[0-9A-Z]{18}-[0-9]{8}-[0-9]{6}-[0-9A-Z*]$", "A01-12420500MB0000019P-20260302-000001-V"),
        [typeof(Yuan)] = new(@"^(0|[1-9][0-9]{0,13})(\.[0-9]{1,6})?$", "18120535.85"),
    };

    private readonly Dictionary<JsonSchema, Type> types = new(ReferenceEqualityComparer.Instance);

    public Type? TypeOf(JsonSchema schema) => types.GetValueOrDefault(schema);

    public void Process(SchemaProcessorContext context) => types.TryAdd(context.Schema, context.ContextualType.Type);

    public override string Generate(Type type) => type is { IsNested: true } ? type.DeclaringType!.Name + type.Name : base.Generate(type);

    public IEnumerable<ITypeMapper> Mappers()
    {
        foreach (var type in typeof(Shapes).Assembly.GetTypes())
        {
            if (type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IWritten<>)))
                yield return new ObjectTypeMapper(type, (_, _) => Known(type, Written(type)));
            else if (type.IsDefined(typeof(JsonPolymorphicAttribute), inherit: false))
                yield return new ObjectTypeMapper(type, (generator, resolver) => Known(type, OneOf(type, generator, resolver)));
        }

        yield return new PrimitiveTypeMapper(typeof(JsonObject), schema => schema.Type = JsonObjectType.Object);
        yield return new PrimitiveTypeMapper(typeof(JsonNode), _ => { });
        yield return new PrimitiveTypeMapper(typeof(JsonElement), _ => { });
        yield return new PrimitiveTypeMapper(typeof(object), _ => { });
    }

    private static JsonSchema Written(Type type)
    {
        if (!Forms.TryGetValue(type, out var form))
            throw new InvalidOperationException($"The form of the written value {type.Name} is not told in {nameof(Shapes)}.");
        return new JsonSchema { Type = JsonObjectType.String, Pattern = form.Pattern, Example = form.Example };
    }

    private static JsonSchema OneOf(Type type, JsonSchemaGenerator generator, JsonSchemaResolver resolver)
    {
        var schema = new JsonSchema();
        foreach (var derived in type.GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>())
            schema.OneOf.Add(new JsonSchema { Reference = generator.Generate(derived.DerivedType, resolver) });
        return schema;
    }

    private JsonSchema Known(Type type, JsonSchema schema)
    {
        types[schema] = type;
        return schema;
    }

    private sealed record Form(string Pattern, string Example);
}
