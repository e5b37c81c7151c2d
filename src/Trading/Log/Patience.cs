using Polly;
using Polly.Retry;

namespace Trading.Log;

/// <summary>How long others are waited for, who may be down, slow or hostile: asked again and again, ever less often, until they answer rightly.</summary>
public static class Patience
{
    private static readonly TimeSpan first = TimeSpan.FromMilliseconds(500);

    /// <summary>With witnesses, who should cosign while a checkpoint is still fresh.</summary>
    public static ResiliencePipeline WithWitnesses(TimeProvider clock, Action<Exception> tell) =>
        Of(oneAnswer: TimeSpan.FromSeconds(10), longestPause: TimeSpan.FromSeconds(30), clock, tell);

    /// <summary>With the authority for time stamps, who is asked once a day.</summary>
    public static ResiliencePipeline WithStamps(TimeProvider clock, Action<Exception> tell) =>
        Of(oneAnswer: TimeSpan.FromSeconds(30), longestPause: TimeSpan.FromMinutes(10), clock, tell);

    /// <summary>
    /// With the database, for work that repeats for as long as the service runs: whatever the attempt failed of, it is made again, at least
    /// every two seconds, so that the work goes on soon after the database is back.
    /// </summary>
    /// <param name="tell">Called for the first failure of a row.</param>
    public static ResiliencePipeline WithDatabase(TimeProvider clock, Action<Exception> tell) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }.AddRetry(Ever(TimeSpan.FromSeconds(2), (attempt, passing) =>
        {
            if (attempt is 0) tell(passing);
        })).Build();

    /// <summary>Does something with the database again and again until the service ends, with a pause after each time.</summary>
    /// <param name="tell">Called for the first failure of a row.</param>
    public static async Task Repeat(TimeSpan pause, Func<CancellationToken, ValueTask> act, Action<Exception> tell, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(pause);
        var patience = WithDatabase(TimeProvider.System, tell);
        try
        {
            do await patience.ExecuteAsync(act, ct);
            while (await timer.WaitForNextTickAsync(ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // the service ends
        }
    }

    private static ResiliencePipeline Of(TimeSpan oneAnswer, TimeSpan longestPause, TimeProvider clock, Action<Exception> tell) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(Ever(longestPause, (_, passing) => tell(passing)))
            .AddTimeout(oneAnswer)
            .Build();

    private static RetryStrategyOptions Ever(TimeSpan longestPause, Action<int, Exception> tell) => new()
    {
        ShouldHandle = new PredicateBuilder().Handle<Exception>(),   // whatever an answer can break; cancellation ends it all the same
        MaxRetryAttempts = int.MaxValue,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = first,
        MaxDelay = longestPause,
        OnRetry = failure =>
        {
            if (failure.Outcome.Exception is { } passing) tell(failure.AttemptNumber, passing);
            return default;
        },
    };
}
