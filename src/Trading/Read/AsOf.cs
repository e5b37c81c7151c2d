using System.Globalization;
using JasperFx.Events;
using Microsoft.Net.Http.Headers;
using Trading.Http;
using Trading.Kernel;
using Trading.Log;

namespace Trading.Read;

/// <summary>
/// 时点: as of when a procedure is asked for: a time, or a position of the feed with all before it; by <c>asOf</c>, or a time by
/// <c>Accept-Datetime</c> (RFC 7089). What was recorded later is as if it had not been; only what was erased since stays erased.
/// </summary>
public sealed class AsOf
{
    private const string AcceptDatetime = "Accept-Datetime";
    private readonly HttpContext http;
    private readonly AskedParameters asked;

    public AsOf(HttpContext http, Positions positions) : this(http, new AskedParameters(http), positions)
    {
    }

    /// <param name="asked">What else is asked for.</param>
    public AsOf(HttpContext http, AskedParameters asked, Positions positions)
    {
        (this.http, this.asked) = (http, asked);
        http.Response.Headers.Append(HeaderNames.Vary, AcceptDatetime);
        if (asked.Value("asOf") is { } text) (Time, Position) = Read(text, positions);
        else if (http.Request.Headers[AcceptDatetime].ToString() is { Length: > 0 } negotiated) Time = ReadDate(negotiated, positions);
    }

    public static Parameter Parameter { get; } = new(
        "asOf", "As of when: a time that is over, or a position of the feed that is published; what came later is left out.", Pattern: @"^(\d{1,18}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d))$");

    /// <summary>Null where a position is asked for, or now.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>Null where a time is asked for, or now.</summary>
    public long? Position { get; }

    public bool IsNow => Time is null && Position is null;

    public IReadOnlyList<ProblemError> Errors() => asked.Errors();

    /// <summary>Those that had been recorded by then.</summary>
    /// <param name="positions">Of the events, in order, as far as they are published.</param>
    public IReadOnlyList<IEvent> Of(IReadOnlyList<IEvent> events, IReadOnlyList<long> positions) =>
        Position is { } reached ? [.. events.Take(positions.TakeWhile(each => each <= reached).Count())]
        : Time is { } until ? [.. events.TakeWhile(e => e.Timestamp <= until)]
        : events;

    /// <summary>A link to what is told as of the same moment.</summary>
    public string Keep(string link) => IsNow
        ? link
        : $"{link}{(link.Contains('?', StringComparison.Ordinal) ? '&' : '?')}asOf={Uri.EscapeDataString(Time is { } time ? TimeConverter.Write(time) : Position!.Value.ToString(CultureInfo.InvariantCulture))}";

    /// <summary>Says that the answer is of the past, and of when.</summary>
    /// <param name="last">The last event it tells of.</param>
    public void Tell(IEvent last) => Tell(last.Timestamp);

    /// <inheritdoc cref="Tell(IEvent)"/>
    /// <param name="last">When what it tells of last was recorded.</param>
    public void Tell(DateTimeOffset last)
    {
        if (IsNow) return;
        http.Response.Headers["Memento-Datetime"] = last.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture);
        http.Response.Headers.Link = $"<{http.Request.Path}>; rel=\"original timegate\"";
    }

    private (DateTimeOffset?, long?) Read(string text, Positions positions)
    {
        if (TimeConverter.TryParse(text, out var moment)) return (Over("asOf", moment, positions), null);
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            asked.Wrong("asOf", "as-of.form", "须为带时区的时间，或变更流的序号。", "A time with its offset, or a position of the feed.");
        else if (number >= positions.Published)
            asked.Wrong("asOf", "as-of.unpublished", "该序号尚未发布。", "The position is not published yet.");
        return (null, number);
    }

    /// <summary>The whole second that the date names.</summary>
    private DateTimeOffset? ReadDate(string text, Positions positions)
    {
        if (DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) && TimeRange.Holds(moment))
            return Over(AcceptDatetime, moment.AddSeconds(1).AddTicks(-1), positions);
        asked.Wrong(AcceptDatetime, "as-of.date", "Accept-Datetime须为HTTP日期。", "Accept-Datetime is an HTTP date.");
        return null;
    }

    /// <summary>What is told of one moment is the same for ever, so that nothing is told of one that something may still be recorded at.</summary>
    private DateTimeOffset? Over(string name, DateTimeOffset moment, Positions positions)
    {
        if (!positions.IsOver(moment)) asked.Wrong(name, "as-of.unpublished", "该时刻尚未过去。", "That moment is not over yet.");
        return moment;
    }
}
