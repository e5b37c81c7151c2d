namespace Trading.Ops.Measuring;

/// <summary>What the database says of the service's work at one moment.</summary>
/// <param name="FeedLag">Seconds since the oldest event was recorded that the feed does not show yet; 0 when it shows them all.</param>
/// <param name="Untold">Recorded events that have no position in the log yet.</param>
/// <param name="ListsLag">Events that the lists do not show yet.</param>
/// <param name="WatchLag">Events that the watch over legal times has not looked at yet.</param>
/// <param name="ArchiveFailing">Whether the last attempt to archive the write-ahead log failed; false where nothing is archived.</param>
/// <param name="Witnesses">Seconds for which each witness has left a published checkpoint uncosigned, by its name.</param>
public sealed record Sample(double FeedLag, long Untold, long ListsLag, long WatchLag, bool ArchiveFailing, IReadOnlyDictionary<string, double> Witnesses);
