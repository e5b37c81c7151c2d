using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace Trading.Http;

/// <summary>What went wrong on our side, told without telling how.</summary>
public sealed partial class Failures(ILogger<Failures> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var kind = exception switch
        {
            BadHttpRequestException bad => ProblemKind.OfStatus(bad.StatusCode),
            _ when IsOutage(exception) => ProblemKind.Unavailable,
            _ => ProblemKind.Internal,
        };

        if (httpContext.RequestAborted.IsCancellationRequested && (kind != ProblemKind.Internal || exception is OperationCanceledException))
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;   // nobody listens any more
            return true;
        }

        if (kind == ProblemKind.Internal) LogInternal(exception, httpContext.Request.Method, httpContext.Request.Path);
        if (kind == ProblemKind.Unavailable)
        {
            LogUnavailable(exception.GetType().Name, httpContext.Request.Method, httpContext.Request.Path);
            httpContext.Response.Headers.RetryAfter = "2";
        }

        await Problem.Of(httpContext, kind).Write(httpContext);
        return true;
    }

    private static bool IsOutage(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.QueryCanceled } => true,
        PostgresException postgres => postgres.IsTransient,
        NpgsqlException or TimeoutException => true,
        { InnerException: { } inner } => IsOutage(inner),
        _ => false,
    };

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogInternal(Exception exception, string method, string path);

    [LoggerMessage(LogLevel.Warning, "{Method} {Path} could not be served: {Reason}")]
    private partial void LogUnavailable(string reason, string method, string path);
}
