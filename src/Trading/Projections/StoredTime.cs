namespace Trading.Projections;

/// <summary>Times as PostgreSQL keeps them: whole microseconds, what is finer cut off.</summary>
internal static class StoredTime
{
    public static DateTimeOffset Whole(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));

    /// <summary>In UTC besides, as a column demands it. A row and its column must not differ, or a page begins with the last item of the one before.</summary>
    public static DateTimeOffset Column(DateTimeOffset time) => Whole(time).ToUniversalTime();
}
