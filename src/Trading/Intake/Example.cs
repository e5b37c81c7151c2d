using System.Globalization;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Intake;

/// <summary>Values the OpenAPI document's examples share.</summary>
public static class Example
{
    public static Party Supplier { get; } = new("示例建设集团有限公司", CreditCode.Parse("91350100M000100Y43"), "示例市工业路8号");

    public static Party Initiator { get; } = new(
        "示例市教育局", CreditCode.Parse("11420500011052607X"), "示例市建设路1号", new Contact("张工", "0717-0000000"));

    /// <summary>A time of China Standard Time.</summary>
    public static DateTimeOffset Time(string local) =>
        new(DateTime.ParseExact(local, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture), LegalTime.Offset);

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static Price Yuan(string amount) => new AmountPrice(Kernel.Yuan.Parse(amount));
}
