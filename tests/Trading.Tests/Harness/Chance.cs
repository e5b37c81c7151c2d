namespace Trading.Tests.Harness;

/// <summary>Chance that can be had again: by a seed and the number of what is drawn.</summary>
internal static class Chance
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    public static Random Of(int seed, long number) => new(unchecked((int)(((ulong)number + ((ulong)(uint)seed << 32)) * GoldenRatio >> 32)));
}
