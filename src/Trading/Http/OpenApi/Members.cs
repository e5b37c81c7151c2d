using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NJsonSchema;
using NSwag;
using Trading.Kernel;

namespace Trading.Http.OpenApi;

/// <summary>Says of every schema what the serializer and the validators hold it to, and what the doc comments say.</summary>
public sealed class Members(Shapes shapes, OpenApiDocument generated)
{
    private const string ToSchemas = "#/components/schemas/";

    private readonly Dictionary<string, Type> types = generated.Components.Schemas
        .Where(schema => shapes.TypeOf(schema.Value) is not null).ToDictionary(schema => schema.Key, schema => shapes.TypeOf(schema.Value)!);

    private readonly BodyRules rules = BodyRules.OfAll();

    public void Complete(JsonObject document)
    {
        var schemas = document["components"]!["schemas"]!.AsObject();
        var sent = Sent(document, schemas);
        foreach (var (name, schema) in schemas.ToList())
        {
            var type = types[name];
            if ((DocComments.Of(type) ?? Terms.Of(type.Name)) is { } text) schema!["description"] = text;
            if (type.IsDefined(typeof(JsonPolymorphicAttribute), inherit: false))
                Discriminate(type, schema!.AsObject());
            else if (schema!["properties"] is JsonObject)
                schemas[name] = Object(type, schema.AsObject(), sent.Contains(name));
        }
    }

    private JsonObject Object(Type type, JsonObject schema, bool isSent)
    {
        var (properties, required) = (new JsonObject(), new JsonArray());
        if (CaseOf(type) is var (discriminator, value))
        {
            properties[discriminator] = new JsonObject { ["description"] = Terms.Of(type, discriminator), ["type"] = "string", ["enum"] = new JsonArray(value) };
            required.Add(discriminator);
        }

        foreach (var property in WireJson.Strict.GetTypeInfo(type).Properties)
        {
            if (schema["properties"]![property.Name] is not JsonObject described) continue;
            var rule = rules.Of(type, ((MemberInfo)property.AttributeProvider!).Name);
            if (isSent ? IsAskedFor(property) : !IsNullable(property.PropertyType, property.IsGetNullable)) required.Add(property.Name);
            properties[property.Name] = Property(type, property, described, rule, isSent);
        }

        var complete = new JsonObject { ["type"] = "object" };
        if (schema["description"] is { } text) complete["description"] = text.DeepClone();
        if (required.Count > 0) complete["required"] = required;
        complete["properties"] = properties;
        if (isSent) complete["additionalProperties"] = false;
        return complete;
    }

    private JsonObject Property(Type type, JsonPropertyInfo property, JsonObject described, BodyRule? rule, bool isSent)
    {
        var member = (PropertyInfo)property.AttributeProvider!;
        var text = DocComments.Of(member) ?? Terms.Of(type, property.Name);
        var isNull = isSent && IsNullable(property.PropertyType, property.AssociatedParameter?.IsNullable ?? property.IsSetNullable) && rule is not { NotNull: true };
        var complete = new JsonObject();
        if (text is not null) complete["description"] = text;
        var form = MemberForms.Of(member.DeclaringType!.Name, property.Name);
        if (((string?)form["$ref"] ?? Reference(described)) is { } reference)
        {
            if (text is null && !isNull) return new JsonObject { ["$ref"] = reference };
            complete["allOf"] = new JsonArray(new JsonObject { ["$ref"] = reference });
        }
        else
        {
            foreach (var (name, value) in described)
                if (name is not ("nullable" or "description" or "readOnly")) complete[name] = value?.DeepClone();
            rule?.Limit(complete);
            foreach (var (name, value) in form)
            {
                if (value is null) complete.Remove(name);
                else complete[name] = value.DeepClone();
            }
        }

        if (isNull)
        {
            complete["type"] ??= TypeBehind(described);
            complete["nullable"] = true;
        }

        if (isSent && property.AssociatedParameter is { HasDefaultValue: true, DefaultValue: { } usual }) complete["default"] = JsonSerializer.SerializeToNode(usual, WireJson.Stored);
        return complete;
    }

    private static bool IsAskedFor(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false };

    private static bool IsNullable(Type type, bool annotated) => type.IsValueType ? Nullable.GetUnderlyingType(type) is not null : annotated;

    // nullable counts only beside a type, which a reference does not show
    private string TypeBehind(JsonObject described)
    {
        var target = generated.Components.Schemas[Reference(described)![ToSchemas.Length..]].ActualSchema;
        return target.Type.HasFlag(JsonObjectType.String) ? "string" : "object";
    }

    private static string? Reference(JsonObject schema) =>
        (string?)(schema["$ref"] ?? (schema["oneOf"] ?? schema["allOf"])?[0]?["$ref"]);

    private void Discriminate(Type type, JsonObject schema)
    {
        var mapping = new JsonObject();
        foreach (var derived in type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false))
            mapping[(string)derived.TypeDiscriminator!] = ToSchemas + types.First(t => t.Value == derived.DerivedType).Key;
        schema["type"] = "object";
        schema["discriminator"] = new JsonObject
        {
            ["propertyName"] = type.GetCustomAttribute<JsonPolymorphicAttribute>()!.TypeDiscriminatorPropertyName,
            ["mapping"] = mapping,
        };
    }

    private static (string Member, string Value)? CaseOf(Type type) =>
        type.BaseType?.GetCustomAttribute<JsonPolymorphicAttribute>(inherit: false) is { } closed
            ? (closed.TypeDiscriminatorPropertyName!,
                (string)type.BaseType.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).First(d => d.DerivedType == type).TypeDiscriminator!)
            : null;

    /// <summary>The schemas that a request body reaches.</summary>
    private static HashSet<string> Sent(JsonObject document, JsonObject schemas)
    {
        var sent = new HashSet<string>();
        foreach (var (_, path) in document["paths"]!.AsObject())
            foreach (var (_, operation) in path!.AsObject())
                Visit(operation?["requestBody"]);
        return sent;

        void Visit(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject o when (string?)o["$ref"] is { } reference:
                    if (sent.Add(reference[ToSchemas.Length..])) Visit(schemas[reference[ToSchemas.Length..]]);
                    break;
                case JsonObject o:
                    foreach (var (_, member) in o) Visit(member);
                    break;
                case JsonArray a:
                    foreach (var item in a) Visit(item);
                    break;
            }
        }
    }
}
