using Trading.Http;
using Trading.Kernel;

namespace Trading.Read;

/// <summary>Ends of ranges, read from the query string.</summary>
public class AskedRanges(HttpContext http) : AskedParameters(http)
{
    /// <param name="ofDay">The moment of the day that a date stands for.</param>
    protected DateTimeOffset? Time(string parameter, Func<DateOnly, DateTimeOffset> ofDay)
    {
        if (Value(parameter) is not { } text) return null;
        if (TimeConverter.TryParse(text, out var time)) return time;
        if (ClientDayConverter.TryParse(text, out var day)) return ofDay(day);
        Wrong(parameter, TimeConverter.WrongForm.Code, TimeConverter.WrongForm.Wording.Zh, TimeConverter.WrongForm.Wording.En);
        return null;
    }

    /// <summary>In 元.</summary>
    protected decimal? Amount(string parameter)
    {
        if (Value(parameter) is not { } text) return null;
        if (Written.TryRead<Yuan>(text, out var amount)) return amount.Value;
        Wrong(parameter, Yuan.WrongForm.Code, Yuan.WrongForm.Wording.Zh, Yuan.WrongForm.Wording.En);
        return null;
    }
}
