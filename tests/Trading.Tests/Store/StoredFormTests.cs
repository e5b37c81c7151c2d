using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Trading.Tests.Harness;
using Trading.Vault;
using Xunit;

namespace Trading.Tests.Store;

public sealed class StoredFormTests
{
    /// <summary>What the frozen samples of the events show is what lies in the event table, name by name and word by word.</summary>
    [Fact]
    public async Task events_are_stored_in_the_form_of_their_frozen_samples()
    {
        await using var lives = await RecordedLives.Open("stored_form");
        var facts = Lives.All.SelectMany((life, serial) => life.Facts.Numbered(serial)).ToDictionary(fact => fact.Notice.NoticeId);
        foreach (var (serial, (_, life)) in Lives.All.Index()) await RecordedLives.Begin(lives.Store, Lives.Procedure(serial), life.Numbered(serial));

        await using var owner = lives.Database.OpenAsOwner();
        await using var command = owner.CreateCommand("select id, data::text from events.mt_events");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var seen = 0;
        for (; await reader.ReadAsync(TestContext.Current.CancellationToken); seen++)
        {
            var (expected, stored) = (Form(Stored.Json(Sealing.Of(facts[reader.GetGuid(0)]).Fact)), Form(reader.GetString(1)));
            Assert.True(JsonNode.DeepEquals(expected, stored), $"{expected}{Environment.NewLine}is stored as{Environment.NewLine}{stored}");
        }

        Assert.Equal(facts.Count, seen);
    }

    /// <summary>Digests and openings are made of chance.</summary>
    private static JsonNode Form(string json) => JsonNode.Parse(Regex.Replace(json, @"""[\w-]{43,}""", "\"digest\""))!;
}
