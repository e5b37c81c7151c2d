using System.Text.Json;
using CsCheck;
using Trading.Kernel;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class TimeConverterTests
{
    private static readonly long First = LegalTime.StartOf(TimeRange.First).UtcTicks;
    private static readonly long Last = LegalTime.EndOf(TimeRange.Last).UtcTicks;

    [Theory]
    [InlineData("2025-05-27T17:20:00+08:00", "2025-05-27T17:20:00+08:00")]
    [InlineData("2025-05-27T09:20:00Z", "2025-05-27T09:20:00+00:00")]
    [InlineData("2025-05-27T09:20:00-00:00", "2025-05-27T09:20:00+00:00")]
    [InlineData("2025-05-27T05:50:00-03:30", "2025-05-27T05:50:00-03:30")]
    [InlineData("2025-05-27T17:20:00.1234567+08:00", "2025-05-27T17:20:00.1234567+08:00")]
    [InlineData("2025-05-27T17:20:00.500+08:00", "2025-05-27T17:20:00.5+08:00")]
    [InlineData("2025-05-27T17:20:00+14:00", "2025-05-27T17:20:00+14:00")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00+00:00")]
    [InlineData("1900-01-02T00:00:00+08:00", "1900-01-02T00:00:00+08:00")]
    [InlineData("1900-01-01T02:00:00-14:00", "1900-01-01T02:00:00-14:00")]
    [InlineData("2200-12-30T23:59:59.9999999+08:00", "2200-12-30T23:59:59.9999999+08:00")]
    [InlineData("2200-12-31T05:59:59+14:00", "2200-12-31T05:59:59+14:00")]
    public void an_instant_has_date_time_and_offset(string text, string written)
    {
        Assert.True(TimeConverter.TryParse(text, out var time));
        Assert.Equal(written, TimeConverter.Write(time));
        Assert.Equal(time, JsonSerializer.Deserialize<DateTimeOffset>($"\"{text}\"", WireJson.Strict));
    }

    [Theory]
    [InlineData("2025-05-27T17:20:00")]
    [InlineData("2025-05-27")]
    [InlineData("2025-05-27T17:20+08:00")]
    [InlineData("2025-05-27 17:20:00+08:00")]
    [InlineData("2025-05-27t17:20:00z")]
    [InlineData("2025-05-27T17:20:00+0800")]
    [InlineData("2025-05-27T17:20:00+8:00")]
    [InlineData("2025-05-27T17:20:00+08")]
    [InlineData("2025-05-27T17:20:00+14:01")]
    [InlineData("2025-05-27T17:20:00+08:60")]
    [InlineData("2025-05-27T17:20:00.+08:00")]
    [InlineData("2025-05-27T17:20:00.12345678Z")]
    [InlineData("2025-05-27T17:20:00,5Z")]
    [InlineData("2025-05-27T24:00:00Z")]
    [InlineData("2025-05-27T17:60:00Z")]
    [InlineData("2016-12-31T23:59:60Z")]
    [InlineData("2025-02-29T00:00:00Z")]
    [InlineData("2025-13-01T00:00:00Z")]
    [InlineData("2025-00-01T00:00:00Z")]
    [InlineData("1899-12-31T23:59:59Z")]
    [InlineData("1900-01-01T23:59:59.9999999+08:00")]
    [InlineData("1900-01-02T00:00:00+14:00")]
    [InlineData("2200-12-31T00:00:00+08:00")]
    [InlineData("2200-12-30T23:59:59-12:00")]
    [InlineData("2201-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("+2025-05-27T17:20:00Z")]
    [InlineData(" 2025-05-27T17:20:00Z")]
    [InlineData("2025-05-27T17:20:00Z ")]
    [InlineData("2025-05-27T17:20:00Z\n")]
    [InlineData("２０２５-05-27T17:20:00Z")]
    [InlineData("2025年5月27日")]
    [InlineData("")]
    public void anything_else_is_refused_with_its_flaw(string text)
    {
        Assert.False(TimeConverter.TryParse(text, out _));
        var thrown = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DateTimeOffset>(JsonSerializer.Serialize(text), WireJson.Strict));
        Assert.Equal(TimeConverter.WrongForm, Assert.IsType<InvalidValueException>(thrown.InnerException).Flaw);
    }

    [Theory]
    [InlineData("1748337600"), InlineData("null"), InlineData("true"), InlineData("{}"), InlineData("[]")]
    public void a_time_is_text(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DateTimeOffset>(json, WireJson.Strict));

    [Fact]
    public void what_is_written_is_read_again_with_its_offset() =>
        Gen.Select(Gen.Long[First, Last], Gen.Int[-14 * 60, 14 * 60]).Sample((ticks, minutes) =>
        {
            var time = new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(minutes));
            Assert.True(TimeConverter.TryParse(TimeConverter.Write(time), out var read));
            Assert.True(read.EqualsExact(time));
        });
}
