namespace Trading.Bench;

/// <summary>Reading one full page of the feed over and over, beside a Kestrel that asks PostgreSQL for the same rows by hand and sends them as they come.</summary>
internal static class ReadFeed
{
    private const int Items = 500;   // as many as a page has unless more are asked for

    public static async Task<Comparison> Run(Service service, Pace pace)
    {
        var path = await Fill(service);
        using var peer = await PeerServer.Feed(service.ConnectionString, Items);
        return await ReadNotice.Compare(service, path, "API", peer, "Npgsql by hand", pace);
    }

    /// <returns>Where a full page can be read.</returns>
    public static async Task<string> Fill(Service service)
    {
        using var posting = (await Connection.Open(service.Address, 1))[0];
        for (var events = 0; events < Items; events += 2) await PostNotice.PostOne(service, posting);
        await service.Settle();
        return $"/v1/changes?after=0&limit={Items}";
    }
}
