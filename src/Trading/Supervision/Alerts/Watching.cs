using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using Trading.Law;
using Trading.Law.Counting;
using Trading.Law.Packs;

namespace Trading.Supervision.Alerts;

/// <summary>监察: what a procedure's history has earned by the law, and when to look again.</summary>
/// <param name="Alerts">All that has happened to each alert by then, by the id of its stream.</param>
/// <param name="Next">When the next light comes on if nothing happens before; null when none will.</param>
public sealed record Watching(IReadOnlyList<(Guid AlertId, Provision Provision, IReadOnlyList<IAlerted> Events)> Alerts, DateTimeOffset? Next)
{
    private static readonly FrozenSet<string> fixedByFacts = MilestoneTable.All.Select(row => row.Name).ToFrozenSet();

    private static readonly Type[] undoing = [typeof(NoticeWithdrawn), typeof(AwardCancelled), typeof(ProcedureTerminated), typeof(ProcedureClosed)];

    /// <param name="history">The facts of one procedure, in order.</param>
    public static Watching Of(Lawbook law, Guid procedureId, IEnumerable<INoticed> history, DateTimeOffset now)
    {
        Standing? before = null;
        ImmutableList<Awaited> all = [];
        foreach (var fact in history)
        {
            var after = Standing.Fold(before, fact);
            if (before is not null && after is not null)
                all = [.. all.Select(awaited => awaited.After(fact, before, after, law.Calendar)), .. Begun(law, procedureId, fact, before, after)];
            before = after;
        }

        all = all.ConvertAll(awaited => awaited.Until(now));
        return new Watching(
            [.. all.Where(awaited => !awaited.Alerts.IsEmpty).Select(awaited => (IdOf(awaited), awaited.Provision, (IReadOnlyList<IAlerted>)awaited.Alerts))],
            all.Min(awaited => awaited.Next));
    }

    /// <summary>
    /// The kinds of notice, by wire name, and categories in which something that is awaited may begin or end. A rule is watched when facts
    /// fix both its moments.
    /// </summary>
    public static IEnumerable<(string Type, TradeCategory Category)> Concerning(Lawbook law) =>
        from category in Enum.GetValues<TradeCategory>()
        let moments = law.Provisions.Where(p => p.Scope.Governs(category) && IsWatched(p)).SelectMany(p => (string[])[p.From.Name, p.To.Name]).ToHashSet()
        where moments.Count > 0
        from type in MilestoneTable.All.Where(row => moments.Contains(row.Name)).Select(row => row.Fact).Concat(undoing).Distinct()
        select (Catalogue.Name(type), category);

    private static bool IsWatched(Provision provision) =>
        provision.Limit.Computation is Computation.Maximum && fixedByFacts.Contains(provision.From.Name) && fixedByFacts.Contains(provision.To.Name);

    /// <summary>What begins to be awaited with a fact: the fact fixes where a maximum begins and leaves open where it ends.</summary>
    private static IEnumerable<Awaited> Begun(Lawbook law, Guid procedureId, INoticed fact, Standing before, Standing after) =>
        from lot in Timing.Lots(before, fact)
        let fixes = MilestoneTable.Of(fact, before, lot).ToDictionary()
        where fixes.Count > 0
        from provision in law.InForce(before.Heading.Category, before.Heading.Region, after.Milestones.PutOut(lot) ?? LegalTime.DayOf(fact.Notice.PublishedAt))
        where IsWatched(provision) && provision.Scope.Governs(before.Method, before.Statutory)
        where fixes.ContainsKey(provision.From.Name) && !fixes.ContainsKey(provision.To.Name)
        group lot by (Provision: provision, From: fixes[provision.From.Name]) into alike
        let countdown = Countdown.Of(alike.Key.Provision.Limit, alike.Key.From, law.Calendar)
        where countdown is not null
        select new Awaited(procedureId, before.Heading, alike.Key.Provision, countdown, fact, alike.Key.From, [.. alike]);

    /// <summary>One alert for each version of a rule and each notice with which its time begins, whoever looks and whenever (UUIDv8, RFC 9562).</summary>
    private static Guid IdOf(Awaited awaited)
    {
        var name = $"{awaited.ProcedureId} {awaited.By.Notice.NoticeId} {awaited.Provision.Id} {awaited.Provision.Scope.Jurisdiction} {awaited.Provision.Scope.ValidFrom:O}";
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
