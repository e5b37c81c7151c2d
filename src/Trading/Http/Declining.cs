using FastEndpoints;
using Trading.Kernel;

namespace Trading.Http;

/// <summary>How an endpoint says no. FastEndpoints' own ways answer with an empty body (EndpointRulesTests bans them).</summary>
public static class Declining
{
    public static Task Decline(this IEndpoint endpoint, ProblemKind kind) =>
        endpoint.Decline(Problem.Of(endpoint.HttpContext, kind));

    /// <summary>Nothing is recorded at present, and why (503).</summary>
    public static Task DeclineWhileClosed(this IEndpoint endpoint, Wording why)
    {
        endpoint.HttpContext.Response.Headers.RetryAfter = "5";
        return endpoint.Decline(Problem.Of(endpoint.HttpContext, ProblemKind.Unavailable, why));
    }

    public static Task Decline(this IEndpoint endpoint, Problem problem)
    {
        endpoint.HttpContext.MarkResponseStart();
        return problem.Write(endpoint.HttpContext);
    }
}
