namespace Trading.Bench;

/// <summary>Reading one notice over and over, out of the service's memory and from the database, beside the least that could be done.</summary>
internal static class ReadNotice
{
    /// <summary>Kept in memory, beside the same bytes out of another Kestrel's memory.</summary>
    public static async Task<Comparison> Kept(Service service, Pace pace)
    {
        var notice = await Post(service);
        var file = Path.GetTempFileName();
        using (var http = new HttpClient { BaseAddress = service.Address })
            await File.WriteAllBytesAsync(file, await http.GetByteArrayAsync(new Uri($"/v1/notices/{notice}", UriKind.Relative)));
        using var peer = await PeerServer.Static(file);
        var comparison = await Compare(service, $"/v1/notices/{notice}", "API", peer, "static", pace);
        File.Delete(file);
        return comparison;
    }

    /// <summary>
    /// Made anew each time, beside another Kestrel that asks PostgreSQL by hand for the four things the answer is made of, in one round trip,
    /// and sends them as they come.
    /// </summary>
    public static async Task<Comparison> Anew(Service service, Pace pace)
    {
        await using var forgetful = await Service.Start("bench_anew", keepsAnswers: false);
        var notice = await Post(forgetful);
        using var peer = await PeerServer.Npgsql(forgetful.ConnectionString, notice);
        return await Compare(forgetful, $"/v1/notices/{notice}", "API, nothing kept", peer, "Npgsql by hand", pace);
    }

    private static async Task<string> Post(Service service)
    {
        using var connection = (await Connection.Open(service.Address, 1))[0];
        var (_, notice, _) = await PostNotice.PostOne(service, connection);
        await service.Settle();
        return notice;
    }

    public static async Task<Comparison> Compare(Service service, string path, string subject, PeerServer peer, string beside, Pace pace)
    {
        var (connections, peers) = (await Connection.Open(service.Address, pace.Workers), await Connection.Open(peer.Address, pace.Workers));
        var (request, peerRequest) = (Notices.Get(service.Address, path), Notices.Get(peer.Address, "/"));
        var comparison = await Comparison.Of(
            subject, () => Load.Drive(service, pace, worker => Expect200(connections[worker], request)),
            beside, () => Load.Drive(service, pace, worker => Expect200(peers[worker], peerRequest)),
            pace);
        foreach (var connection in connections.Concat(peers)) connection.Dispose();
        return comparison;
    }

    private static async Task<bool> Expect200(Connection connection, byte[] request) =>
        await connection.Ask(request) is 200 ? true : throw new InvalidOperationException(connection.Answer);
}
