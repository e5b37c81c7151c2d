using System.Runtime.CompilerServices;

namespace Trading.Kernel;

/// <summary>
/// What stands where content of our own store could not be read: an object of its type with nothing in it. Nothing may be asked of it but
/// why it could not be read.
/// </summary>
public static class Unread
{
    private static readonly ConditionalWeakTable<object, Exception> causes = [];

    public static object Of(Type type, Exception cause)
    {
        var blank = RuntimeHelpers.GetUninitializedObject(type);
        causes.Add(blank, cause);
        return blank;
    }

    /// <summary>Null where the content was read.</summary>
    public static Exception? CauseOf(object content) => causes.TryGetValue(content, out var cause) ? cause : null;
}
