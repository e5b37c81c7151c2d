namespace Trading.Tests.Harness;

/// <summary>A clock of elapsed time that stands until it is moved.</summary>
internal sealed class StoppedClock : TimeProvider
{
    private long at;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => at;

    public void Advance(TimeSpan by) => at += by.Ticks;
}
