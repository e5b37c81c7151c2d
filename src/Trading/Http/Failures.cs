using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;

namespace Trading.Http;

/// <summary>Answers an exception of ours with a problem that hides its cause.</summary>
public sealed partial class Failures(AnswerHeaders answerHeaders, ILogger<Failures> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var outage = exception is BadHttpRequestException ? null : Outage.Of(exception);
        var kind = exception switch
        {
            BadHttpRequestException bad => ProblemKind.OfStatus(bad.StatusCode),
            UnavailableException => ProblemKind.Unavailable,
            _ when outage is not null => ProblemKind.Unavailable,
            _ => ProblemKind.Internal,
        };

        if (httpContext.RequestAborted.IsCancellationRequested && (kind != ProblemKind.Internal || exception is OperationCanceledException))
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;   // nobody listens any more
            return true;
        }

        answerHeaders.Set(httpContext);   // what was set before has been cleared
        var (method, route) = (httpContext.Request.Method, RouteOf(httpContext));
        if (kind == ProblemKind.Internal) LogInternal(exception, method, route, Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier);
        var unavailable = exception as UnavailableException;
        var problem = Problem.Of(httpContext, kind, unavailable?.Detail ?? outage?.Detail);
        if (unavailable is not null) httpContext.Response.Headers.RetryAfter = unavailable.RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        if (outage is not null)
        {
            if (outage == Outage.ClocksDiffer) LogClocksDiffer(method, route);
            else LogUnavailable(outage.Reason, method, route);
            problem = problem with { Facts = new Dictionary<string, string> { ["database"] = outage.Reason } };
        }

        await problem.Write(httpContext);
        return true;
    }

    /// <summary>Its template, for an address may hold anything.</summary>
    private static string RouteOf(HttpContext http) => http.Features.Get<IExceptionHandlerFeature>()?.Endpoint is RouteEndpoint { RoutePattern.RawText: { } template }
        ? $"/{template.TrimStart('/')}"
        : "(no route)";

    [LoggerMessage(LogLevel.Error, "{Method} {Route} failed, trace {Trace}")]
    private partial void LogInternal(Exception exception, string method, string route, string trace);

    [LoggerMessage(LogLevel.Warning, "{Method} {Route} could not be served: {Reason}")]
    private partial void LogUnavailable(string reason, string method, string route);

    [LoggerMessage(
        LogLevel.Error,
        "{Method} {Route} was not recorded: this node's clock and the database's differ. Set both by NTP; a clock of trials needs a database that was migrated with Sandbox:Enabled.")]
    private partial void LogClocksDiffer(string method, string route);
}
