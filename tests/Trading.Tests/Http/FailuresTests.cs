using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Trading.Http;
using Xunit;

namespace Trading.Tests.Http;

public sealed class FailuresTests
{
    public static TheoryData<Exception> Interruptions =>
        [new BadHttpRequestException("Unexpected end of request content."), new OperationCanceledException(), new NpgsqlException("cut", new OperationCanceledException())];

    [Theory]
    [MemberData(nameof(Interruptions), DisableDiscoveryEnumeration = true)]
    public async Task nobody_is_told_when_nobody_listens_any_more(Exception interruption)
    {
        var http = new DefaultHttpContext { RequestAborted = new CancellationToken(canceled: true) };
        Assert.True(await new Failures(NullLogger<Failures>.Instance).TryHandleAsync(http, interruption, TestContext.Current.CancellationToken));
        Assert.Equal(StatusCodes.Status499ClientClosedRequest, http.Response.StatusCode);
    }
}
