using System.Text.Json.Serialization.Metadata;

namespace Trading.Kernel;

/// <summary>The member that says which case of a closed set a JSON object is.</summary>
public static class Discriminator
{
    public static readonly Flaw Missing = new(
        "discriminator.missing", "缺少区分类别的成员。", "The member that says which case the object is is missing.");

    /// <summary>
    /// A modifier of a JSON contract. Without it, an object that lacks its discriminator throws NotSupportedException when read, which
    /// is a 500 and not a 400.
    /// </summary>
    public static void Require(JsonTypeInfo type)
    {
        if (type is { PolymorphismOptions: not null, Type.IsAbstract: true }) type.CreateObject = () => throw new InvalidValueException(Missing);
    }
}
