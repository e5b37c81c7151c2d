using Npgsql;
using Trading.Kernel;

namespace Trading.Http;

/// <summary>Why the database could not be used. A request that met one is answered 503 and may be repeated.</summary>
/// <param name="Reason">Stable; the fact <c>database</c> of the problem.</param>
public sealed record Outage(string Reason, Wording Detail)
{
    public static readonly Outage DiskFull = new("disk-full", new("数据库存储空间已满，暂时无法写入", "The database has no disk space left and cannot record anything for the moment"));
    public static readonly Outage Restarting = new("restarting", new("数据库正在重新启动", "The database is restarting"));
    public static readonly Outage Busy = new("busy", new("数据库繁忙", "The database is busy"));
    public static readonly Outage TimedOut = new("timed-out", new("数据库未能及时响应", "The database did not answer in time"));
    public static readonly Outage Unreachable = new("unreachable", new("数据库暂时无法连接", "The database cannot be reached for the moment"));

    public static readonly Outage ClocksDiffer = new("clocks-differ", new("服务器时钟与数据库时钟不一致，未予记录", "The clocks of this node and of the database differ, and nothing was recorded"));

    /// <summary>SQLSTATE: the database refuses an event because of the time it is dated with.</summary>
    public const string WrongTime = "TR001";

    /// <returns>Null when the exception is no outage but an error of ours.</returns>
    public static Outage? Of(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState switch
        {
            PostgresErrorCodes.DiskFull => DiskFull,
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => Restarting,
            PostgresErrorCodes.QueryCanceled => TimedOut,
            WrongTime => ClocksDiffer,
            _ when postgres.IsTransient => Busy,
            _ => postgres.InvariantSeverity is "FATAL" or "PANIC" ? Unreachable : null,   // it has ended the connection
        },
        ClocksDifferException => ClocksDiffer,
        NpgsqlException { InnerException: TimeoutException } or TimeoutException => TimedOut,
        NpgsqlException => Unreachable,
        NullReferenceException { Source: nameof(Npgsql) } => Unreachable,   // what Npgsql 10 throws where Marten repeats a command whose connection was lost
        { InnerException: { } inner } => Of(inner),
        _ => null,
    };
}

/// <summary>A decision was made by a clock that differs from the database's.</summary>
public sealed class ClocksDifferException() : Exception("The clock of this node differs from that of the database.");
