using Microsoft.AspNetCore.Http;
using Trading.Http;
using Xunit;

namespace Trading.Tests.Http;

public sealed class CostTests
{
    [Theory]
    [InlineData(0L, 1)]
    [InlineData(4_999L, 1)]
    [InlineData(5_000L, 2)]
    [InlineData(1_048_576L, 210)]
    [InlineData(long.MaxValue, 210)]
    [InlineData(null, 210)]
    public void what_is_worked_on_by_the_byte_costs_by_the_byte(long? length, int tokens) => Assert.Equal(tokens, Asked(Cost.OfBody, length));

    [Fact]
    public void all_else_costs_what_its_endpoint_says() =>
        Assert.Equal([1, 5, 20], [Asked(null, 1_000_000), Asked(Cost.Page, 1_000_000), Asked(Cost.Bundle, null)]);

    private static int Asked(Cost? cost, long? length)
    {
        var http = new DefaultHttpContext { Request = { ContentLength = length } };
        http.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(cost is null ? [] : [cost]), null));
        return Cost.Of(http);
    }
}
