using System.Globalization;

namespace Trading.Bench;

/// <summary>
/// This build beside another, of before a change: the same work for both, each on a database of its own, slices by turns. What a request
/// costs in processor time, of the service and of PostgreSQL, varies less than how many are answered in a second.
/// </summary>
internal static class Beside
{
    private const int Seed = 20_251_123;

    /// <summary>What is driven, and whether answers are kept in memory.</summary>
    private static readonly Dictionary<string, (bool KeepsAnswers, Func<Service, Pace, Task<Subject>> Subject)> subjects = new()
    {
        ["post-notice"] = (true, PostNotice.Announcing),
        ["read-notice"] = (true, async (service, pace) => await ReadNotice.Reading(service, await ReadNotice.Post(service), pace)),
        ["read-anew"] = (false, async (service, pace) => await ReadNotice.Reading(service, await ReadNotice.Post(service), pace)),
        ["read-feed"] = (true, async (service, pace) => await ReadNotice.Reading(service, await ReadFeed.Fill(service), pace)),
        ["check-notice"] = (true, (service, pace) => CheckNotice.Checking(service, announcement: true, pace)),
        ["search"] = (false, Searching),
    };

    public static IEnumerable<string> Names => subjects.Keys;

    public static async Task Run(string build, IReadOnlyList<string> names, Pace pace)
    {
        var longer = pace with { Rounds = 3 * pace.Rounds };
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{longer.Rounds} rounds of {longer.Slice.TotalSeconds} s each after {longer.Warming} to warm up, both builds by turns; {longer.Workers} connections\n"));
        Console.WriteLine("| | this build, per s | the other, per s | ratio: median (least–most) | CPU of this build: service + PostgreSQL | CPU of the other | ratio of CPU |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var name in names)
        {
            var (keepsAnswers, prepare) = subjects[name];
            var database = "beside_" + name.Replace('-', '_');
            await using var service = await Service.Start(database, keepsAnswers: keepsAnswers);
            await using var other = await Service.Start(database + "_other", keepsAnswers: keepsAnswers, build: build);
            using var subject = await prepare(service, longer);
            using var peer = await prepare(other, longer);
            Console.WriteLine(Row(name, await Comparison.Of("this build", subject, "the other", peer, longer)));
        }
    }

    private static string Row(string name, Comparison comparison)
    {
        var (subject, peer) = (comparison.SubjectCpu, comparison.PeerCpu);
        return string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {comparison.SubjectPerSecond:N0} | {comparison.PeerPerSecond:N0} | {comparison.Ratio} "
            + $"| {subject.Service:N0} + {subject.Postgres:N0} µs | {peer.Service:N0} + {peer.Postgres:N0} µs | **{(subject.Service + subject.Postgres) / (peer.Service + peer.Postgres):N2}** |");
    }

    /// <summary>One question after the other, the same for both.</summary>
    private static async Task<Subject> Searching(Service service, Pace pace)
    {
        await new Crowd(Seed).Fill(service, pace.Rows, _ => { });
        var chance = new Random(Seed);
        return await Subject.Asking(service, service.Address, Next, pace);

        byte[] Next()
        {
            lock (chance) return Notices.Get(service.Address, $"/v1/notices?{Crowd.Question(chance)}");
        }
    }
}
