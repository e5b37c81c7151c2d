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
        var connections = await Connection.Open(service.Address, pace.Workers);
        var rows = await StoredRows.Of(service, await PostOne(service, connections[0]));
        await using var raw = await rows.Prepare(service.Database, pace.Workers);

        var comparison = await Comparison.Of(
            "API", () => Announce(service, connections, pace),
            "Npgsql", async () =>
            {
                await service.Settle();
                return await Load.Drive(service, pace, raw.Insert);
            },
            pace);
        foreach (var connection in connections) connection.Dispose();
        return comparison;
    }

    /// <summary>A slice of announcements through the API.</summary>
    public static async Task<Slice> Announce(Service service, Connection[] connections, Pace pace)
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
