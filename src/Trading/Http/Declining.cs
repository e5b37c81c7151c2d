using FastEndpoints;

namespace Trading.Http;

/// <summary>How an endpoint says no. FastEndpoints' own ways answer with an empty body (EndpointRulesTests bans them).</summary>
public static class Declining
{
    public static Task Decline(this IEndpoint endpoint, ProblemKind kind) =>
        endpoint.Decline(Problem.Of(endpoint.HttpContext, kind));

    public static Task Decline(this IEndpoint endpoint, Problem problem)
    {
        endpoint.HttpContext.MarkResponseStart();
        return problem.Write(endpoint.HttpContext);
    }
}
