namespace Trading.Bench;

/// <summary>One notice, read anew from the database each time, beside the same bytes out of another Kestrel's memory.</summary>
internal static class ReadNotice
{
    public static async Task<Comparison> Run(Service service, Pace pace)
    {
        var connections = await Connection.Open(service.Address, pace.Workers);
        var (_, notice, _) = await PostNotice.PostOne(service, connections[0]);
        var request = Notices.Get(service.Address, $"/v1/notices/{notice}");
        await service.Settle();

        var file = Path.GetTempFileName();
        using (var http = new HttpClient { BaseAddress = service.Address })
            await File.WriteAllBytesAsync(file, await http.GetByteArrayAsync(new Uri($"/v1/notices/{notice}", UriKind.Relative)));
        using var peer = await StaticServer.Start(file);
        var peerConnections = await Connection.Open(peer.Address, pace.Workers);
        var peerRequest = Notices.Get(peer.Address, "/");

        var comparison = await Comparison.Of(
            "API", () => Load.Drive(service, pace, worker => Expect200(connections[worker], request)),
            "static", () => Load.Drive(service, pace, worker => Expect200(peerConnections[worker], peerRequest)),
            pace);
        foreach (var connection in connections.Concat(peerConnections)) connection.Dispose();
        File.Delete(file);
        return comparison;
    }

    private static async Task<bool> Expect200(Connection connection, byte[] request) =>
        await connection.Ask(request) is 200 ? true : throw new InvalidOperationException(connection.Answer);
}
