namespace Trading.Log;

/// <summary>The log would become wrong if it went on. Nothing more is sequenced or signed until the cause is gone.</summary>
public sealed class LogStoppedException : Exception
{
    public LogStoppedException(string message) : base(message) { }

    public LogStoppedException(string message, Exception inner) : base(message, inner) { }

    public LogStoppedException() { }

    /// <summary>Whether the database lacks what was published or holds something else. Then every node stops, and nothing is recorded.</summary>
    public bool DatabaseDiffers { get; init; }

    /// <summary>Whether the database says so already, by the mark of this node or another.</summary>
    public bool IsMarked { get; init; }
}
