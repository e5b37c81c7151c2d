using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Trading.Kernel;
using Trading.Law.Calendars;
using Trading.Law.Packs;

namespace Trading.Law;

/// <summary>法规集: the rules of time and of contents in force, and the calendar by which times count. A value: it never changes while the service runs.</summary>
public sealed class Lawbook
{
    private const string Resource = "packs.";

    private static readonly Lazy<Lawbook> embedded = new(() => Read([], []));

    private readonly FrozenDictionary<TradeCategory, IReadOnlyList<IGrouping<string, Provision>>> byCategory;

    private readonly FrozenDictionary<TradeCategory, IReadOnlyList<(RegionPrefix Jurisdiction, string Pack)>> stamps;

    private readonly FrozenDictionary<(Type Notice, TradeCategory Category), IReadOnlyList<IGrouping<string, ContentRule>>> byNotice;

    private readonly IReadOnlyList<(string File, string Json)> packSources;

    private readonly IReadOnlyList<(string File, string Csv)> calendarSources;

    private Lawbook(
        IReadOnlyList<(string, string)> packSources, IReadOnlyList<(string, string)> calendarSources, IReadOnlyList<PackFile> packs,
        IReadOnlyList<Provision> provisions, IReadOnlyList<ContentRule> contents, WorkingCalendar calendar, string fingerprint)
    {
        (this.packSources, this.calendarSources) = (packSources, calendarSources);
        (Packs, Provisions, Contents, Calendar, Fingerprint) = (packs, provisions, contents, calendar, fingerprint);
        byNotice = (
            from rule in contents
            from notice in rule.Demands.Keys
            from category in Enum.GetValues<TradeCategory>()
            where rule.Scope.Governs(category)
            group rule by (notice, category)).ToFrozenDictionary(
                governed => governed.Key, governed => (IReadOnlyList<IGrouping<string, ContentRule>>)[.. governed.GroupBy(rule => rule.Id)]);
        byCategory = Enum.GetValues<TradeCategory>().ToFrozenDictionary(
            category => category,
            category => (IReadOnlyList<IGrouping<string, Provision>>)[.. provisions.Where(p => p.Scope.Governs(category)).GroupBy(p => p.Id)]);
        stamps = Enum.GetValues<TradeCategory>().ToFrozenDictionary(
            category => category,
            category => (IReadOnlyList<(RegionPrefix, string)>)
            [
                .. provisions.Concat<PackRule>(contents).Where(rule => rule.Scope.Governs(category)).Select(rule => (rule.Scope.Jurisdiction, rule.Pack.ToString())).Distinct()
                    .OrderBy(stamp => stamp.Item2, StringComparer.Ordinal),
            ]);
    }

    /// <summary>The packs and the calendar the service comes with.</summary>
    public static Lawbook Embedded => embedded.Value;

    public IReadOnlyList<PackFile> Packs { get; }

    /// <summary>Every version of every rule of time.</summary>
    public IReadOnlyList<Provision> Provisions { get; }

    /// <summary>Every version of every rule of contents.</summary>
    public IReadOnlyList<ContentRule> Contents { get; }

    public WorkingCalendar Calendar { get; }

    /// <summary>Of all that was read: another when any rule or day in it is.</summary>
    public string Fingerprint { get; }

    /// <summary>With packs and calendars beside those the service comes with, as (file name, content).</summary>
    /// <exception cref="ValidationException">With one line for each thing that is wrong.</exception>
    public static Lawbook Read(IEnumerable<(string File, string Json)> packs, IEnumerable<(string File, string Csv)> calendars) =>
        Made([.. Resources(), .. packs], [.. calendars]);

    /// <summary>The same law with other packs and calendars: a pack takes the place of the one of its id, whatever the versions.</summary>
    /// <exception cref="ValidationException">With one line for each thing that is wrong.</exception>
    public Lawbook With(IEnumerable<(string File, string Json)> packs, IEnumerable<(string File, string Csv)> calendars)
    {
        var given = packs.ToList();
        var reader = new PackReader();
        foreach (var (file, json) in given) reader.Add(file, json);
        var replaced = reader.Packs.Select(pack => pack.Id).ToHashSet();
        return Made([.. packSources.Zip(Packs).Where(loaded => !replaced.Contains(loaded.Second.Id)).Select(loaded => loaded.First), .. given], [.. calendarSources, .. calendars]);
    }

    private static Lawbook Made(IReadOnlyList<(string File, string Json)> packs, IReadOnlyList<(string File, string Csv)> calendars)
    {
        var reader = new PackReader();
        using var fingerprint = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        fingerprint.AppendData(Encoding.UTF8.GetBytes(WorkingCalendar.EmbeddedText));
        foreach (var (file, json) in packs)
        {
            reader.Add(file, json);
            fingerprint.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
        }

        var (provisions, contents) = (reader.Provisions(), reader.Contents());
        var wrong = reader.Wrong.ToList();
        var calendar = WorkingCalendar.Embedded;
        foreach (var (file, csv) in calendars)
        {
            fingerprint.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(csv)));
            try
            {
                calendar = calendar.With(CalendarFile.Read(new StringReader(csv)));
            }
            catch (FormatException invalid)
            {
                wrong.Add($"{file}: {invalid.Message}.");
            }
        }

        return wrong.Count is 0
            ? new Lawbook(packs, calendars, reader.Packs, provisions, contents, calendar, Convert.ToHexStringLower(fingerprint.GetHashAndReset()))
            : throw new ValidationException(string.Join(Environment.NewLine, wrong));
    }

    /// <summary>The rules of time in force for a category at a place on a day, each in the version of the narrowest jurisdiction.</summary>
    public IEnumerable<Provision> InForce(TradeCategory category, RegionCode region, DateOnly day) => InForce(byCategory[category], region, day);

    /// <summary>The rules of contents in force for a kind of notice, likewise.</summary>
    public IEnumerable<ContentRule> InForce(Type notice, TradeCategory category, RegionCode region, DateOnly day) =>
        InForce(byNotice.GetValueOrDefault((notice, category), []), region, day);

    /// <summary>The packs that may have a say in a category at a place, as they are stamped on what is recorded under them.</summary>
    public string StampOf(TradeCategory category, RegionCode region) => string.Join(
        ' ', stamps[category].Where(stamp => stamp.Jurisdiction.Covers(region)).Select(stamp => stamp.Pack).Distinct());

    /// <summary>What a rule said that was applied at a place; null unless one of these packs, in this version, is loaded and says it in one wording.</summary>
    /// <param name="packs">As <see cref="StampOf"/> wrote them.</param>
    public Wording? WordingOf(string rule, string citation, RegionCode region, IEnumerable<string> packs) => Provisions
        .Where(p => p.Id == rule && p.Citation == citation && p.Scope.Jurisdiction.Covers(region) && packs.Contains(p.Pack.ToString()))
        .Select(p => p.Explanation).Distinct().ToList() is [var only] ? only : null;

    /// <summary>Of the versions of one rule that are in force at a place, the one that counts there.</summary>
    public static TRule? Narrowest<TRule>(IEnumerable<TRule> versions) where TRule : PackRule =>
        versions.MaxBy(rule => rule.Scope.Jurisdiction == RegionPrefix.Everywhere ? 0 : rule.Scope.Jurisdiction.ToString().Length);

    private static IEnumerable<TRule> InForce<TRule>(IReadOnlyList<IGrouping<string, TRule>> rules, RegionCode region, DateOnly day) where TRule : PackRule =>
        rules.Select(versions => Narrowest(versions.Where(rule => rule.Scope.Jurisdiction.Covers(region) && rule.Scope.IsInForce(day)))).OfType<TRule>();

    private static IEnumerable<(string, string)> Resources()
    {
        var assembly = typeof(Lawbook).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Resource, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return ($"{name[Resource.Length..]}.json", reader.ReadToEnd());
        }
    }
}
