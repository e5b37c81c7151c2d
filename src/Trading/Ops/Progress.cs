namespace Trading.Ops;

/// <summary>How far a verb is, on standard error, where that is a terminal.</summary>
public static class Progress
{
    private const int BarWidth = 40;

    public static void Show(int done, int all)
    {
        if (Console.IsErrorRedirected) return;
        var full = BarWidth * done / all;
        Console.Error.Write($"\r[{new string('#', full)}{new string('.', BarWidth - full)}] {done}/{all}{(done == all ? Environment.NewLine : "")}");
    }
}
