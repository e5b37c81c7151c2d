using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using JasperFx.Events;
using Trading.Events;
using Trading.Kernel;
using Trading.Projections;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Projections;

/// <summary>
/// A view whose rows change gets another version, or an upgraded service would answer from rows of before. What the same events make of each
/// view is kept as a digest beside its version.
/// </summary>
public sealed class ViewRowsTests
{
    private const int Seed = 20_261_129, Histories = 100;

    /// <summary>The digest of each view's rows, of the version that <see cref="Register"/> gives it.</summary>
    private static readonly Dictionary<string, (int Version, string Digest)> Recorded = new()
    {
        [Register.ProcedurePages] = (1, "250cb6944ff31b42"),
        [Register.ProcedureBoard] = (1, "397f1d56f2bdf00c"),
        [Register.ProcedureVersions] = (1, "9c27575821a99f7f"),
        [Register.PartyBoard] = (1, "d8c6e778a7fb7eb8"),
        [Register.NoticeBoard] = (2, "2e1259d668d45e4e"),
        [Register.AlertBoard] = (1, "47ccba1e2a16d47f"),
    };

    public static TheoryData<string> Names => [.. Register.Views.Select(view => view.Name)];

    [Theory, MemberData(nameof(Names))]
    public void other_rows_have_another_version(string name)
    {
        var view = Register.Views.Single(each => each.Name == name);
        var made = (view.Version, Digest(view));
        Assert.True(
            made == Recorded[name],
            $"{name}: the same events make other rows than version {Recorded[name].Version} did. Raise the version in Register.Views, so that an upgrade rebuilds the view, and record {made} here. "
            + "If only the histories of this test have changed, record the digest alone.");
    }

    private static string Digest(View view)
    {
        var histories = view.Name is Register.AlertBoard ? [Alert()] : Lives();
        var rows = histories.SelectMany(events => view.RowsOf(new Lifecycle(events))).Select(Written).Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(rows);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))))[..16];
    }

    private static IEnumerable<IReadOnlyList<IEvent>> Lives()
    {
        var chance = new RandomLives(Seed);
        for (var i = 0; i < Histories; i++) yield return chance.Next();
    }

    /// <summary>One alert from its raising to its settling, as the frozen samples have them.</summary>
    private static IReadOnlyList<IEvent> Alert()
    {
        return [Recorded<AlertRaised>("alert-raised", 1), Recorded<AlertSettled>("alert-settled", 2)];

        static IEvent Recorded<T>(string sample, int version) where T : notnull => new Event<T>(
            JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(Repository.Tests, "Contracts", "events", $"{sample}.json")), WireJson.Stored)!)
        {
            Id = Samples.Id(700 + version), StreamId = Samples.Id(700), Version = version, Timestamp = Samples.At("2026-03-28T00:00:00"),
        };
    }

    /// <summary>All members, those too that are columns only.</summary>
    private static string Written(object row) => new JsonObject(
        from member in row.GetType().GetProperties()
        where member.Name is not "EqualityContract" && member.GetIndexParameters().Length is 0
        orderby member.Name
        select KeyValuePair.Create(member.Name, JsonSerializer.SerializeToNode(member.GetValue(row), member.PropertyType, WireJson.Stored))).ToJsonString();
}
