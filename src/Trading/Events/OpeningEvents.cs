namespace Trading.Events;

/// <summary>开标记录: the bids were opened before everyone (招标投标法 第三十四条至第三十六条).</summary>
public sealed record BidsOpened(
    Notice Notice, DateTimeOffset OpenedAt, IReadOnlyList<OpenedBid> Bids, string? Place = null) : INoticed;
