using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Trading.Kernel;

/// <summary>
/// 个人信息: marks a member that holds, or may hold, data about a natural person. The vault stores the value apart from its event, so that
/// it can be erased; the event stores a salted digest, which reveals nothing (个人信息保护法 第六条、第四十七条).
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalAttribute : Attribute
{
    public static bool IsOn(JsonPropertyInfo property) => property.AttributeProvider?.IsDefined(typeof(PersonalAttribute), inherit: false) is true;
}

/// <summary>What has personal members.</summary>
public abstract record Sealable
{
    /// <summary>The member that is never sent by a client.</summary>
    public const string Member = "_sd";

    /// <summary>The salted digests of members that are kept elsewhere, sorted (RFC 9901 §4.2.4.1).</summary>
    [JsonPropertyName(Member)]
    public IReadOnlyList<string>? Sealed { get; init; }
}
