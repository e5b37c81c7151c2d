using System.Net.Sockets;
using System.Text;
using Npgsql;
using Trading.Log;

namespace Trading.Ops;

/// <summary>
/// Exceptions as they are written down: kind, code and place of each. Messages only of kinds that speak of machines, files and of the log
/// itself; those of others may quote what somebody sent.
/// </summary>
public static class Faults
{
    private static readonly HashSet<Type> speaking =
    [
        typeof(LogStoppedException), typeof(InvalidDataException), typeof(IOException), typeof(FileNotFoundException), typeof(DirectoryNotFoundException),
        typeof(UnauthorizedAccessException), typeof(SocketException), typeof(HttpRequestException), typeof(TimeoutException), typeof(NpgsqlException),
    ];

    public static string Written(Exception exception)
    {
        var text = new StringBuilder();
        Write(text, exception);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Exception exception)
    {
        text.Append(exception.GetType().FullName);
        if (exception is PostgresException postgres)
        {
            foreach (var part in (string?[])[postgres.InvariantSeverity, postgres.SqlState, postgres.SchemaName, postgres.TableName, postgres.ColumnName, postgres.ConstraintName])
                if (part is not null) text.Append(' ').Append(part);
        }
        else if (speaking.Contains(exception.GetType()))
        {
            text.Append(": ").Append(exception.Message);
        }

        if (exception.StackTrace is { } places) text.Append('\n').Append(places);
        foreach (var inner in exception is AggregateException several ? several.InnerExceptions : exception.InnerException is { } one ? [one] : (IReadOnlyCollection<Exception>)[])
        {
            text.Append("\n caused by ");
            Write(text, inner);
        }
    }
}
