using Xunit;

namespace Trading.Tests.Harness;

/// <summary>The lists, which are behind by the blink of an eye.</summary>
internal static class Boards
{
    /// <summary>Waits until the lists tell of everything recorded so far.</summary>
    public static async Task CaughtUp(Database database, int seconds = 60)
    {
        await using var source = database.OpenAsOwner();
        await Eventually.True(async () =>
        {
            await using var command = source.CreateCommand(
                "select coalesce((select last_seq_id from events.mt_event_progression where name = 'boards:All'), 0) >= coalesce(max(seq_id), 0) from events.mt_events");
            return (bool)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        }, seconds);
    }
}
