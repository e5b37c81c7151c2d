using Trading.Http;
using Xunit;

namespace Trading.Tests.Http;

public sealed class TurnstileTests
{
    [Fact]
    public void lets_so_many_in_of_each_and_in_all()
    {
        using var turnstile = new Turnstile(most: 3, mostEach: 2);
        using var first = Enter(turnstile, "a", null);
        var second = Enter(turnstile, "a", null);
        Assert.Null(Enter(turnstile, "a", ProblemKind.RateLimited));
        using var third = Enter(turnstile, "b", null);
        Assert.Null(Enter(turnstile, "b", ProblemKind.Unavailable));

        second!.Dispose();
        using var again = Enter(turnstile, "b", null);
    }

    private static IDisposable? Enter(Turnstile turnstile, string client, ProblemKind? expected)
    {
        var place = turnstile.Enter(client, out var refusal);
        Assert.Equal((expected, expected is null), (refusal, place is not null));
        return place;
    }
}
