using System.Globalization;
using Trading.Http;
using Trading.Kernel;

namespace Trading.Ops.Views;

/// <summary>Answers 503 where an endpoint would answer from a view whose rows are not of this build's version.</summary>
public sealed class ViewGate(RequestDelegate next, ViewStates views)
{
    private const int RetryAfterSeconds = 30;

    private static readonly Wording rebuilding = new("该视图正在按新版本重建，请稍后再试。", "The view is being rebuilt for a new version. Try again later.");

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<AnswersFrom>() is { } source)
        {
            var states = await views.Read(http.RequestAborted);
            if (Array.Find(source.Views, view => states[view] is not ViewState.Current) is { } stale)
            {
                http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                await (Problem.Of(http, ProblemKind.Unavailable, rebuilding) with { Facts = new Dictionary<string, string> { ["view"] = stale } }).Write(http);
                return;
            }
        }

        await next(http);
    }
}
