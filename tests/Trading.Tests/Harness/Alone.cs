using Xunit;

namespace Trading.Tests.Harness;

/// <summary>Tests that measure how fast the service answers: they run after all others, one at a time.</summary>
[CollectionDefinition(Collection, DisableParallelization = true)]
public sealed class Alone
{
    public const string Collection = "alone";
}
