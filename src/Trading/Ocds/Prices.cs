using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.Kernel;

namespace Trading.Ocds;

/// <summary>Prices as OCDS values where they are amounts, and in our own words where they are not.</summary>
internal static class Prices
{
    /// <summary>Of the closed list of currencies those an amount is likely to be in; another is told in our own words.</summary>
    private static readonly HashSet<string> Currencies = ["CNY", "HKD", "MOP", "TWD", "USD", "EUR", "GBP", "JPY", "KRW", "RUB", "SGD", "CHF", "AUD", "CAD"];

    /// <summary>Sets what the standard calls a value, or in its stead a price of our extension; the other goes.</summary>
    public static JsonObject SetPrice(this JsonObject members, Price? price, string value = "value", string own = "price")
    {
        var amount = Value(price);
        return members.Set(value, amount).Set(own, amount is null ? Own(price) : null);
    }

    public static JsonObject? Value(Price? price) => price is AmountPrice amount && Currencies.Contains(amount.Currency)
        ? new JsonObject { ["amount"] = amount.Amount.Value, ["currency"] = amount.Currency }
        : null;

    public static JsonObject? Value(Yuan? amount) => amount is { } yuan ? Value(new AmountPrice(yuan)) : null;

    /// <summary>Every form, as <c>/v1</c> writes it.</summary>
    public static JsonObject? Own(Price? price) => price is null ? null : JsonSerializer.SerializeToNode(price, WireJson.Stored)!.AsObject();
}
