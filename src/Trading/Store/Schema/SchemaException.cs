namespace Trading.Store.Schema;

/// <summary>The schema could not be brought up to date; the message tells the operator which script is concerned.</summary>
public sealed class SchemaException(string message, Exception? cause = null) : Exception(message, cause);
