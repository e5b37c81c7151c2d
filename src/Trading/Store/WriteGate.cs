using Trading.Kernel;

namespace Trading.Store;

/// <summary>
/// Whether this node may record. It is closed from the start until the database has been compared with what was published, and again
/// whenever that comparison is missing or fails: a database that has lost events acknowledges nothing.
/// </summary>
public sealed class WriteGate
{
    /// <summary>The comparison has not been made yet, or cannot be made.</summary>
    public static readonly Wording Unchecked = new(
        "尚未核对数据库与已公布的日志检查点，暂不受理；请稍后重试。",
        "The database has not been compared with the published log yet, so nothing is recorded for the moment.");

    /// <summary>The database is shorter than what was published, or holds something else.</summary>
    public static readonly Wording RolledBack = new(
        "数据库与已公布的日志检查点不符（内容缺失或不同），停止受理，直至运维人员按 ops/log.md 恢复；已公布内容仍可查阅。",
        "The database lacks events that were published, or holds others. Nothing is recorded until an operator has followed ops/log.md; reading goes on.");

    private volatile Wording? closed = Unchecked;

    /// <summary>Why nothing is recorded; null while recording is possible.</summary>
    public Wording? Closed => closed;

    public void Open() => closed = null;

    public void Close(Wording why) => closed = why;
}
