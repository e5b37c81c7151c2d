using System.Globalization;

namespace Trading.Bench;

/// <summary>What it costs the service to check a notice before it is published: read, validate, decide, and apply every rule of every pack.</summary>
internal static class CheckNotice
{
    public static async Task<string> Run(Service service, Pace pace)
    {
        var connections = await Connection.Open(service.Address, pace.Workers);
        var request = Notices.Check(service);
        Task<Slice> Check() => Load.Drive(service, pace, async worker =>
            await connections[worker].Ask(request) is 200 ? true : throw new InvalidOperationException(connections[worker].Answer));
        await Check();   // warm
        var slices = new List<Slice>();
        for (var round = 0; round < pace.Rounds; round++) slices.Add(await Check());
        foreach (var connection in connections) connection.Dispose();

        var costs = slices.Select(slice => slice.ServiceCpu.TotalMicroseconds / slice.Operations).Order().ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"check-notice: {slices.Sum(slice => slice.Operations):N0} checks of a registration and its announcement, all packs loaded; processor time of the service for "
            + $"each, HTTP and JSON among it, median {costs[costs.Count / 2]:N0} µs ({costs[0]:N0}–{costs[^1]:N0})");
    }
}
