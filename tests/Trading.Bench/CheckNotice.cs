using System.Globalization;

namespace Trading.Bench;

/// <summary>
/// What it costs the service to check a notice before it is published, by every rule of every pack: the processor time of trying out a
/// registration and an announcement, less that of the registration alone. Both are whole requests, with HTTP, JSON, validators and deciders.
/// </summary>
internal static class CheckNotice
{
    public static async Task<string> Run(Service service, Pace pace)
    {
        using var with = await Checking(service, announcement: true, pace);
        using var without = await Checking(service, announcement: false, pace);
        for (var round = 0; round < pace.Rounds; round++) await Drive(with);   // until it is compiled as well as it will be
        var costs = new List<(double Checked, double Bare)>();
        for (var round = 0; round < pace.Rounds; round++) costs.Add((await Drive(with), await Drive(without)));

        return string.Create(
            CultureInfo.InvariantCulture,
            $"check-notice: median {Median(costs.Select(cost => cost.Checked - cost.Bare)):N0} µs of the service's processor time for checking an announcement, all packs loaded; "
            + $"the whole request with its registration {Median(costs.Select(cost => cost.Checked)):N0} µs, without the announcement {Median(costs.Select(cost => cost.Bare)):N0} µs");

        static async Task<double> Drive(Subject checking)
        {
            var slice = await checking.Drive();
            return slice.ServiceCpu.TotalMicroseconds / slice.Operations;
        }
    }

    /// <summary>Whole requests that try out a registration, with an announcement or without.</summary>
    public static Task<Subject> Checking(Service service, bool announcement, Pace pace)
    {
        var request = Notices.Check(service, announcement);
        return Subject.Asking(service, service.Address, () => request, pace);
    }

    private static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
