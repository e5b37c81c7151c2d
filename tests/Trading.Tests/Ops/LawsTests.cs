using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Trading.Ops;
using Trading.Tests.Law.Packs;
using Xunit;

namespace Trading.Tests.Ops;

public sealed class LawsTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("trading-law-");

    [Fact]
    public void packs_and_calendars_of_ones_own_stand_beside_those_the_service_comes_with()
    {
        Write("local.json", PackReaderTests.Pack().ToJsonString());
        Write("2027.csv", "year,off,on,unknown\n2027,01-01,,\n");
        Write("notes.txt", "not a pack");

        var law = Laws.Open(new LawSettings(directory.FullName, directory.FullName));

        Assert.Contains(law.Provisions, provision => provision.Id is "X-1");
        Assert.Contains(law.Provisions, provision => provision.Id is "R-T-03");
        Assert.Equal(2027, law.Calendar.Years.Last());
    }

    [Fact]
    public void a_broken_pack_stops_the_start_and_is_named_with_its_rule()
    {
        var pack = PackReaderTests.Pack();
        pack["rules"]![0]!["citation"] = "nothing";
        Write("county.json", pack.ToJsonString());

        var message = Assert.Throws<ValidationException>(() => Build("Law:Packs", directory.FullName)).Message;

        Assert.Equal("county.json, rule X-1: citation must be Chinese.", message);
    }

    [Theory]
    [InlineData("Law:Packs")]
    [InlineData("Law:Calendars")]
    public void a_directory_that_is_not_there_stops_the_start(string setting) =>
        Assert.StartsWith(setting, Assert.Throws<ValidationException>(() => Build(setting, Path.Combine(directory.FullName, "none"))).Message, StringComparison.Ordinal);

    public void Dispose() => directory.Delete(recursive: true);

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(directory.FullName, name), content);

    private void Build(string setting, string value) => Composition.Build([], builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["ConnectionStrings:Trading"] = "Host=127.0.0.1;Port=1;Database=none",
        ["Embedded:Directory"] = directory.FullName,
        [setting] = value,
    }));
}
