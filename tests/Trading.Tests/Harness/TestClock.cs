using System.Globalization;
using Trading.Kernel;

namespace Trading.Tests.Harness;

/// <summary>The clock of the service under test: it stands where a test puts it, forwards or back.</summary>
public sealed class TestClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 3, 2, 9, 0, 0, LegalTime.Offset);

    public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();

    public void Set(string time) => now = DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    public void Set(DateTimeOffset time) => now = time;
}
