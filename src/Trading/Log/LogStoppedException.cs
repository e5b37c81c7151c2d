namespace Trading.Log;

/// <summary>The log would become wrong if it went on. Somebody has to look; until then nothing more is sequenced or signed.</summary>
public sealed class LogStoppedException : Exception
{
    public LogStoppedException(string message) : base(message) { }

    public LogStoppedException(string message, Exception inner) : base(message, inner) { }

    public LogStoppedException() { }
}
