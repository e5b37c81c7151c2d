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

    private static ResiliencePipeline Of(TimeSpan oneAnswer, TimeSpan longestPause, TimeProvider clock, Action<Exception> tell) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(),   // whatever an answer can break; cancellation ends it all the same
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = first,
                MaxDelay = longestPause,
                OnRetry = failure =>
                {
                    if (failure.Outcome.Exception is { } passing) tell(passing);
                    return default;
                },
            })
            .AddTimeout(oneAnswer)
            .Build();
}
