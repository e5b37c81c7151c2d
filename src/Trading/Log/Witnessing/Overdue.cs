namespace Trading.Log.Witnessing;

/// <summary>How long a witness may leave a checkpoint, and all later ones, without its cosignature: what X-Road allows its time stamps.</summary>
/// <param name="Degraded">From then on <c>/health/ready</c> says so.</param>
/// <param name="Critical">From then on the service also writes so.</param>
public sealed record Overdue(TimeSpan Degraded, TimeSpan Critical)
{
    public static Overdue Usual { get; } = new(TimeSpan.FromHours(4), TimeSpan.FromHours(24));
}
