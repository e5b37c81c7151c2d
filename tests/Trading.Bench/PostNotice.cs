using System.Collections.Concurrent;
using System.Text.Json;

namespace Trading.Bench;

/// <summary>
/// An announcement through the API — checked, decided, recorded with its idempotency key, page and answer — beside the insertion of the
/// very rows that one such posting leaves, by one prepared Npgsql batch in one transaction with the same durability.
/// </summary>
internal static class PostNotice
{
    private const int MostPerSecond = 1_200;

    public static async Task<Comparison> Run(Service service, Pace pace)
    {
        var rows = await StoredRows.Of(service, await PostOne(service));
        await using var raw = await rows.Prepare(service.Database, pace.Workers);
        using var subject = await Announcing(service, pace);
        using var peer = new Subject([], async _ =>
        {
            await service.Settle();
            return await Load.Drive(service, pace, raw.Insert);
        });
        return await Comparison.Of("API", subject, "Npgsql", peer, pace);
    }

    /// <summary>Announcements through the API.</summary>
    public static async Task<Subject> Announcing(Service service, Pace pace) =>
        new(await Connection.Open(service.Address, pace.Workers), connections => Announce(service, connections, pace));

    private static async Task<Slice> Announce(Service service, Connection[] connections, Pace pace)
    {
        var procedures = await Register(service, connections, (int)(MostPerSecond * pace.Slice.TotalSeconds));
        await service.Settle();
        return await Load.Drive(service, pace, async worker =>
        {
            if (!procedures.TryDequeue(out var procedure)) return false;
            await Expect201(connections[worker], Notices.Announcement(service, procedure, out _));
            return true;
        });
    }

    /// <summary>Procedures to announce, outside the time that is measured.</summary>
    private static async Task<ConcurrentQueue<string>> Register(Service service, Connection[] connections, int count)
    {
        var procedures = new ConcurrentQueue<string>();
        await Task.WhenAll(connections.Select(connection => Task.Run(async () =>
        {
            while (procedures.Count < count) procedures.Enqueue(Receipt(await Expect201(connection, Notices.Registration(service))).Procedure);
        })));
        return procedures;
    }

    public static async Task<(string Procedure, string Notice, string Key)> PostOne(Service service)
    {
        using var connection = (await Connection.Open(service.Address, 1))[0];
        return await PostOne(service, connection);
    }

    public static async Task<(string Procedure, string Notice, string Key)> PostOne(Service service, Connection connection)
    {
        var (procedure, _) = Receipt(await Expect201(connection, Notices.Registration(service)));
        var (_, notice) = Receipt(await Expect201(connection, Notices.Announcement(service, procedure, out var key)));
        return (procedure, notice, key);
    }

    private static async Task<string> Expect201(Connection connection, byte[] request) =>
        await connection.Ask(request) is 201 ? connection.Answer : throw new InvalidOperationException($"Not recorded: {connection.Answer}");

    private static (string Procedure, string Notice) Receipt(string answer)
    {
        var receipt = JsonDocument.Parse(answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)]).RootElement;
        return (receipt.GetProperty("procedureId").GetString()!, receipt.GetProperty("noticeId").GetString()!);
    }
}
