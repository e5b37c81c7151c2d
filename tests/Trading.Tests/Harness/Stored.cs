using System.Text.Json;
using Trading.Kernel;

namespace Trading.Tests.Harness;

/// <summary>Facts as the store keeps them.</summary>
internal static class Stored
{
    public static string Write(object fact) => $"{fact.GetType().Name} {Json(fact)}";

    public static string Json(object fact) => JsonSerializer.Serialize(fact, fact.GetType(), WireJson.Stored);

    public static object Reread(object fact) => JsonSerializer.Deserialize(Json(fact), fact.GetType(), WireJson.Stored)!;
}
