namespace Trading.Log.Publishing;

/// <summary>The directories of fence and published files, which one process at a time writes. Nodes may share them or have their own.</summary>
public sealed class Place : IDisposable
{
    private readonly FileStream fence;
    private readonly FileStream published;

    private Place(FileStream fence, FileStream published) => (this.fence, this.published) = (fence, published);

    /// <returns>Null while another process has one of them.</returns>
    public static Place? Take(LogSettings settings)
    {
        if (Fence.Take(settings.Fence) is not { } fence) return null;
        Directory.CreateDirectory(settings.Directory);
        if (Fence.Take(settings.Directory) is { } published) return new Place(fence, published);
        fence.Dispose();
        return null;
    }

    public void Dispose()
    {
        published.Dispose();
        fence.Dispose();
    }
}
