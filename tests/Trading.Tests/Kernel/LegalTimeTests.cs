using CsCheck;
using Trading.Kernel;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class LegalTimeTests
{
    [Theory]
    [InlineData("2026-03-01T15:59:59Z", "2026-03-01")]
    [InlineData("2026-03-01T16:00:00Z", "2026-03-02")]
    [InlineData("2025-12-31T16:00:00Z", "2026-01-01")]
    [InlineData("1988-07-01T15:30:00Z", "1988-07-01")]
    public void the_day_is_that_of_china_standard_time_without_daylight_saving(string time, string day) =>
        Assert.Equal(DateOnly.Parse(day, null), LegalTime.DayOf(DateTimeOffset.Parse(time, null)));

    [Fact]
    public void every_instant_lies_within_its_day() => Gen.Long[0, 8_000_000_000].Sample(seconds =>
    {
        var instant = DateTimeOffset.FromUnixTimeSeconds(seconds);
        var day = LegalTime.DayOf(instant);

        Assert.InRange(instant, LegalTime.StartOf(day), LegalTime.EndOf(day));
        Assert.Equal(LegalTime.StartOf(day.AddDays(1)), LegalTime.EndOf(day).AddSeconds(1));
        Assert.Equal((instant, LegalTime.Offset), (LegalTime.Here(instant), LegalTime.Here(instant).Offset));
    });
}
