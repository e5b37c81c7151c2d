using System.Text.Json;
using Trading.Kernel;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class PeriodTests
{
    [Fact]
    public void a_date_is_its_whole_day_in_china()
    {
        var period = Read("""{"from":"2026-03-01","until":"2026-03-03"}""");

        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, LegalTime.Offset), period.From);
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 23, 59, 59, LegalTime.Offset), period.Until);
        Assert.True(period.IsOrdered);
    }

    [Fact]
    public void an_instant_is_kept_as_it_was_given_and_written_as_one()
    {
        var period = Read("""{"from":"2026-03-01T08:00:00Z","until":"2026-03-03"}""");

        Assert.Equal("""{"from":"2026-03-01T08:00:00+00:00","until":"2026-03-03T23:59:59+08:00"}""", JsonSerializer.Serialize(period, WireJson.Stored));
        Assert.Equal(period, JsonSerializer.Deserialize<Period>(JsonSerializer.Serialize(period, WireJson.Stored), WireJson.Stored));
    }

    [Theory]
    [InlineData("2026-03-01", "2026-03-01", true)]
    [InlineData("2026-03-02", "2026-03-01", false)]
    [InlineData("2026-03-01T08:00:00+08:00", "2026-03-01T08:00:00+08:00", true)]
    [InlineData("2026-03-01T08:00:00+08:00", "2026-03-01T01:00:00Z", true)]
    [InlineData("2026-03-01T08:00:01+08:00", "2026-03-01T00:00:00Z", false)]
    public void ends_when_it_begins_or_later(string from, string until, bool ordered) =>
        Assert.Equal(ordered, Read($$"""{"from":"{{from}}","until":"{{until}}"}""").IsOrdered);

    [Theory]
    [InlineData("\"2026-3-1\""), InlineData("\"2026-02-30\""), InlineData("\"2026-03-01T08:00:00\""), InlineData("20260301"), InlineData("\"\""), InlineData("null")]
    public void an_end_of_another_form_is_refused(string end) =>
        Assert.Throws<JsonException>(() => Read($$"""{"from":{{end}},"until":"2026-03-03"}"""));

    [Theory]
    [InlineData("""{"from":"2026-03-01"}""")]
    [InlineData("""{"until":"2026-03-01"}""")]
    [InlineData("""{"from":"2026-03-01","until":"2026-03-02","isOrdered":true}""")]
    public void both_ends_and_nothing_else(string json) => Assert.Throws<JsonException>(() => Read(json));

    [Fact]
    public void whole_days_may_be_one()
    {
        var day = new DateOnly(2026, 3, 1);

        Assert.True(new DayRange(day, day).IsOrdered);
        Assert.False(new DayRange(day, day.AddDays(-1)).IsOrdered);
        Assert.Equal("""{"from":"2026-03-01","until":"2026-03-02"}""", JsonSerializer.Serialize(new DayRange(day, day.AddDays(1)), WireJson.Stored));
    }

    private static Period Read(string json) => JsonSerializer.Deserialize<Period>(json, WireJson.Strict)!;
}
