using System.Globalization;
using Trading.Kernel;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>What every written value must do.</summary>
internal static class WrittenForm
{
    /// <summary>Asserts that the text fails with the flaw, when parsed and when tried.</summary>
    public static void Refuses<T>(string text, Flaw flaw) where T : IWritten<T>
    {
        Assert.Equal(flaw.Code, Assert.Throws<InvalidValueException>(() => T.Parse(text)).Flaw.Code);
        Assert.False(T.TryParse(text, CultureInfo.InvariantCulture, out _));
    }

    public static bool Accepts<T>(string text) where T : IWritten<T> => T.TryParse(text, CultureInfo.InvariantCulture, out _);

    /// <summary>Asserts that the text is what the value is written as, also in JSON.</summary>
    public static T Keeps<T>(string text) where T : IWritten<T>
    {
        var value = T.Parse(text);
        Assert.Equal(text, value.ToString());
        var json = StrictJson.Write(value);
        Assert.Equal(text, StrictJson.Read<string>(json));
        Assert.Equal(value, StrictJson.Read<T>(json));
        return value;
    }
}
