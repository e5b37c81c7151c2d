namespace Trading.Tests.Faults;

internal enum Fault
{
    /// <summary>One node of the application is killed.</summary>
    Application,

    /// <summary>PostgreSQL is killed, the postmaster and all its children at once.</summary>
    PostgreSql,

    /// <summary>One of PostgreSQL's processes is killed.</summary>
    Session,

    /// <summary>The disk that PostgreSQL writes to fills up.</summary>
    DiskFull,

    /// <summary>PostgreSQL ends the application's connections and has none left for it.</summary>
    NoConnections,

    /// <summary>The clock of one node is set forward or back.</summary>
    Clock,

    /// <summary>All that PostgreSQL has stored is lost, and restored from a backup.</summary>
    Restore,
}
