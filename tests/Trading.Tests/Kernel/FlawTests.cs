using System.Text;
using System.Text.Json;
using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class FlawTests
{
    private sealed record Body(IReadOnlyList<Price> Prices);

    [Theory]
    [InlineData("""{"prices":[{"form":"other","text":"x"},{"form":"other","text":""}]}""", "price.text", "$.prices[1]")]
    [InlineData("""{"prices":[{"form":"unit","per":" ","amount":"5"}]}""", "price.per", "$.prices[0]")]
    [InlineData("""{"prices":[{"per":" ","amount":"5","form":"unit"}]}""", "price.per", "$.prices[0]")]
    [InlineData("""{"prices":[{"text":"x"}]}""", "discriminator.missing", "$.prices[0]")]
    [InlineData("""{"prices":[{"form":"amount","amount":"x"}]}""", "yuan.form", "$.prices[0].amount")]
    [InlineData("""{"prices":[{"form":"amount","amount":"5","currency":"cny"}]}""", "price.currency", "$.prices[0]")]
    [InlineData("""{"prices":[{"form":"amount","amount":"5","given":{"text":"","unit":"wan"}}]}""", "price.text", "$.prices[0].given")]
    public async Task what_a_converter_or_a_constructor_refuses_in_json_is_a_json_exception_with_flaw_and_path(
        string json, string flaw, string path)
    {
        var read = Assert.Throws<JsonException>(() => StrictJson.Read<Body>(json));
        Assert.Equal(flaw, Assert.IsType<InvalidValueException>(read.InnerException).Flaw.Code);
        Assert.StartsWith(path, read.Path, StringComparison.Ordinal);

        await using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        var streamed = await Assert.ThrowsAsync<JsonException>(async () => await StrictJson.ReadAsync<Body>(stream));
        Assert.Equal(flaw, Assert.IsType<InvalidValueException>(streamed.InnerException).Flaw.Code);
    }
}
