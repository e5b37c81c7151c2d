namespace Trading.Bench;

/// <summary>What a measurement drives, a slice of time after the other, over connections of its own.</summary>
internal sealed class Subject(Connection[] connections, Func<Connection[], Task<Slice>> drive) : IDisposable
{
    public Task<Slice> Drive() => drive(connections);

    /// <summary>Requests that are answered with 200, one after the other on each connection.</summary>
    /// <param name="service">Whose processor time is taken.</param>
    /// <param name="server">Who is asked: the service, or a peer.</param>
    /// <param name="request">The next one.</param>
    public static async Task<Subject> Asking(Service service, Uri server, Func<byte[]> request, Pace pace) =>
        new(await Connection.Open(server, pace.Workers), connections => Load.Drive(service, pace, async worker =>
            await connections[worker].Ask(request()) is 200 ? true : throw new InvalidOperationException(connections[worker].Answer)));

    public void Dispose()
    {
        foreach (var connection in connections) connection.Dispose();
    }
}
