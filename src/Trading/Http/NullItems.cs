using System.Globalization;
using System.Text.Json;

namespace Trading.Http;

/// <summary>Finds a null among the items of an array, which no list of the contract may hold and the serializer lets pass.</summary>
public static class NullItems
{
    /// <returns>The pointer (RFC 6901) to the first, or null. Text that is not JSON has none; it is refused elsewhere.</returns>
    public static string? FirstIn(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Kernel.WireJson.DeepestNesting });
        var path = new Stack<(string? Name, int Index)>();
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        path.Push((reader.GetString(), -1));
                        break;
                    case JsonTokenType.StartArray:
                        path.Push((null, 0));
                        break;
                    case JsonTokenType.Null when path is { Count: > 0 } && path.Peek().Name is null:
                        return Written(path);
                    case JsonTokenType.EndArray:
                        path.Pop();
                        Next(path);
                        break;
                    case not JsonTokenType.StartObject:
                        Next(path);
                        break;
                }
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }

        return null;
    }

    /// <summary>A value has ended: its member is left, or the array's next item begins.</summary>
    private static void Next(Stack<(string? Name, int Index)> path)
    {
        if (path.Count is 0) return;
        var (name, index) = path.Pop();
        if (name is null) path.Push((null, index + 1));
    }

    private static string Written(Stack<(string? Name, int Index)> path) => string.Concat(path.Reverse().Select(
        step => "/" + (step.Name?.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
            ?? step.Index.ToString(CultureInfo.InvariantCulture))));
}
