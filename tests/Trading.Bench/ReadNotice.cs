namespace Trading.Bench;

/// <summary>Reading one notice over and over, out of the service's memory and from the database, beside the least that could be done.</summary>
internal static class ReadNotice
{
    /// <summary>Kept in memory, beside the same bytes out of another Kestrel's memory.</summary>
    public static async Task<Comparison> Kept(Service service, Pace pace)
    {
        var path = await Post(service);
        var file = Path.GetTempFileName();
        using (var http = new HttpClient { BaseAddress = service.Address })
            await File.WriteAllBytesAsync(file, await http.GetByteArrayAsync(new Uri(path, UriKind.Relative)));
        using var peer = await PeerServer.Static(file);
        var comparison = await Compare(service, path, "API", peer, "static", pace);
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
        var path = await Post(forgetful);
        using var peer = await PeerServer.Npgsql(forgetful.ConnectionString, path[(path.LastIndexOf('/') + 1)..]);
        return await Compare(forgetful, path, "API, nothing kept", peer, "Npgsql by hand", pace);
    }

    /// <returns>Where the notice can be read.</returns>
    public static async Task<string> Post(Service service)
    {
        var (_, notice, _) = await PostNotice.PostOne(service);
        await service.Settle();
        return $"/v1/notices/{notice}";
    }

    public static Task<Subject> Reading(Service service, string path, Pace pace)
    {
        var request = Notices.Get(service.Address, path);
        return Subject.Asking(service, service.Address, () => request, pace);
    }

    public static async Task<Comparison> Compare(Service service, string path, string subject, PeerServer peer, string beside, Pace pace)
    {
        var request = Notices.Get(peer.Address, "/");
        using var reading = await Reading(service, path, pace);
        using var peerReading = await Subject.Asking(service, peer.Address, () => request, pace);
        return await Comparison.Of(subject, reading, beside, peerReading, pace);
    }
}
