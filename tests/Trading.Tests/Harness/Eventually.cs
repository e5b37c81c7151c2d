using Xunit;

namespace Trading.Tests.Harness;

/// <summary>Waits on a condition, with a bound.</summary>
public static class Eventually
{
    public static async Task True(Func<Task<bool>> condition, int seconds = 60)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(TimeSpan.FromSeconds(seconds));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            try
            {
                await tick.WaitForNextTickAsync(bound.Token);
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                Assert.Fail($"The condition did not come true within {seconds} s.");
            }
        }
    }

    /// <summary>Reads a path until the answer is what it should be.</summary>
    public static async Task<Answer> Get(Client client, string path, Func<Answer, bool> holds)
    {
        Answer? answer = null;
        await True(async () => holds(answer = await client.Get(path)), seconds: 60);
        return answer!;
    }
}
