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

    [Fact]
    public async Task what_went_wrong_carries_the_headers_of_every_answer()
    {
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await Failures().TryHandleAsync(http, new NotSupportedException(), TestContext.Current.CancellationToken);
        Assert.Equal((500, "nosniff", "no-store"), (http.Response.StatusCode, http.Response.Headers.XContentTypeOptions.ToString(), http.Response.Headers.CacheControl.ToString()));
    }

    [Theory]
    [MemberData(nameof(Interruptions), DisableDiscoveryEnumeration = true)]
    public async Task nobody_is_told_when_nobody_listens_any_more(Exception interruption)
    {
        var http = new DefaultHttpContext { RequestAborted = new CancellationToken(canceled: true) };
        Assert.True(await Failures().TryHandleAsync(http, interruption, TestContext.Current.CancellationToken));
        Assert.Equal(StatusCodes.Status499ClientClosedRequest, http.Response.StatusCode);
    }

    /// <summary>
    /// What sessions are told when the server ends, restarts because one of its processes was killed, or cannot begin one: with a full disk
    /// PostgreSQL 15 gives an internal error to who connects while it cannot write its cache of the catalogue.
    /// </summary>
    [Theory]
    [InlineData("57P01")]
    [InlineData("57P02")]
    [InlineData("57P03")]
    [InlineData("57014")]
    [InlineData("XX000")]
    public async Task a_database_that_ends_or_restarts_is_an_outage(string state)
    {
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await Failures().TryHandleAsync(http, new PostgresException("", "FATAL", "FATAL", state), TestContext.Current.CancellationToken);
        Assert.Equal(503, http.Response.StatusCode);
    }

    [Theory]
    [InlineData("XX000")]
    [InlineData("42P01")]
    public async Task a_statement_that_fails_is_no_outage(string state)
    {
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await Failures().TryHandleAsync(http, new PostgresException("", "ERROR", "ERROR", state), TestContext.Current.CancellationToken);
        Assert.Equal(500, http.Response.StatusCode);
    }

    private static Failures Failures() => new(new AnswerHeaders(isSecure: false), NullLogger<Failures>.Instance);
}
