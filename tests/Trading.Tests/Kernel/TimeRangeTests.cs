using System.Text.Json;
using Trading.Kernel;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class TimeRangeTests
{
    [Theory]
    [InlineData("1900-01-02", true), InlineData("2200-12-30", true), InlineData("1900-01-01", false), InlineData("2200-12-31", false), InlineData("0001-01-01", false), InlineData("9999-12-31", false)]
    public void days_of_clients_lie_within_it_in_every_form(string day, bool holds)
    {
        Reads<DateOnly>($"\"{day}\"", holds);
        Reads<DayRange>($$"""{"from":"{{day}}","until":"{{day}}"}""", holds);
        Reads<Period>($$"""{"from":"{{day}}","until":"{{day}}"}""", holds);
        Reads<DateTimeOffset>($"\"{day}T12:00:00+08:00\"", holds);
    }

    /// <summary>Every instant has room for any offset and for the microseconds and days of calculations.</summary>
    [Fact]
    public void its_ends_can_be_told_in_every_offset()
    {
        foreach (var end in (DateTimeOffset[])[LegalTime.StartOf(TimeRange.First), LegalTime.EndOf(TimeRange.Last)])
        {
            Assert.True(TimeRange.Holds(end));
            foreach (var hours in (int[])[-14, 0, 14]) Assert.Equal(end, end.ToOffset(TimeSpan.FromHours(hours)));
        }
    }

    /// <summary>An earlier version took it, and so it is there.</summary>
    [Theory]
    [InlineData("1900-01-01"), InlineData("0116-01-01"), InlineData("2202-05-06"), InlineData("9999-12-31")]
    public void what_is_stored_is_read_though_it_lies_outside(string day)
    {
        Assert.Equal(DateOnly.ParseExact(day, "yyyy-MM-dd"), JsonSerializer.Deserialize<DateOnly>($"\"{day}\"", WireJson.Stored));
        Assert.Equal(DateOnly.ParseExact(day, "yyyy-MM-dd"), LegalTime.DayOf(JsonSerializer.Deserialize<DateTimeOffset>($"\"{day}T12:00:00+08:00\"", WireJson.Stored)));
    }

    /// <summary>A standard may become stricter, or lose a region, after a value was accepted.</summary>
    [Fact]
    public void what_is_stored_is_not_checked_again()
    {
        Assert.Equal("91420500MA4AAAA17X", Stored<CreditCode>("91420500MA4AAAA17X"));
        Assert.Equal("990000", Stored<RegionCode>("990000"));
        Assert.Equal("Q01", Stored<ClassCode>("Q01"));
        Assert.Equal("a lot", Stored<LotId>("a lot"));
        Assert.Equal("123456789012345.0000001", Stored<Yuan>("123456789012345.0000001"));
        Assert.Equal("1001", Stored<Percent>("1001"));
        Assert.False(JsonSerializer.Deserialize<CreditCode>("\"Z1420500MA4AAAA17X\"", WireJson.Stored)!.CategoryKnown);
        Assert.Equal("990000", JsonSerializer.Deserialize<RegionCode>("\"990000\"", WireJson.Stored)!.FullName);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<CreditCode>("\"91420500MA4AAAA17X\"", WireJson.Strict));
    }

    private static string Stored<T>(string text)
    {
        var value = JsonSerializer.Deserialize<T>($"\"{text}\"", WireJson.Stored);
        Assert.Equal($"\"{text}\"", JsonSerializer.Serialize(value, WireJson.Stored));
        return value!.ToString()!;
    }

    private static void Reads<T>(string json, bool holds)
    {
        if (holds) JsonSerializer.Deserialize<T>(json, WireJson.Strict);
        else Assert.IsType<InvalidValueException>(Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<T>(json, WireJson.Strict)).InnerException);
    }
}
