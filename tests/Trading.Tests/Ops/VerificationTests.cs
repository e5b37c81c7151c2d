using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops;

public sealed class VerificationTests
{
    [Fact]
    public async Task a_log_in_order_is_told_in_one_line_and_what_is_wrong_in_a_line_each()
    {
        await using var log = await KeptLog.Open("verb", trial: false);
        await log.RecordEveryLife();
        await log.Publish();
        var keys = log.Keys.Trees.SelectMany(tree => tree.Signers).Select(signer => signer.Key.ToString()).ToArray();
        var older = log.In("older");
        var vault = Path.Combine(log.Database.Log.FullName, "vault");
        await File.WriteAllTextAsync(older, await log.Note(), TestContext.Current.CancellationToken);
        var size = await log.Ask<long>("select count(*) from log.leaf");
        var order = $"{size} entries, root {(await log.Note()).Split('\n')[2]}: all in order\n";

        Assert.Equal((0, order), await Verify(log, [log.Public, .. keys, "--older", older, "--database", "--vault", vault]));
        Assert.Equal(
            (0, "What the vault holds is not decrypted: its keys were not given.\nNot checked without the keys of the vault: notice-board.\n" + order),
            await Verify(log, [log.Public, .. keys, "--database"]));
        Assert.Equal((0, order), await Verify(log, [log.Public, "--keys", log.Settings.Keys]));
        Assert.Equal((0, "The tree in sm3 is not checked: its key was not given.\n" + order), await Verify(log, [log.Public, keys[0]]));

        await log.Tamper("update events.mt_events set user_name = 'somebody' where seq_id = (select sequence from log.leaf where position = 7)");
        await log.Tamper("update log.head set root = sha256('') where tree = 'sha256'");
        var (code, output) = await Verify(log, [log.Public, .. keys, "--database", "--vault", vault]);
        Assert.Equal(1, code);
        Assert.Matches(@"\Aevent [0-9a-f-]{36} at position 7 is not what was published: it was changed\nhead sha256: its root is not that of \d+ entries\n2 findings\n\z", output);
        Assert.Equal((0, order), await Verify(log, [log.Public, .. keys]));
    }

    [Fact]
    public async Task what_cannot_be_asked_is_said()
    {
        await using var log = await KeptLog.Open("unasked");
        await log.Publish();
        var key = log.Keys.Main.Signers[0].Key.ToString();
        foreach (var arguments in new string[][]
            { [], [log.Public], [log.Public, "no key"], [log.Public, key, "--older"], [log.Public, key, "--older", log.In("none")], [log.In("none"), key], [log.Public, key, "--all"] })
            Assert.Equal(2, (await Verify(log, arguments)).Code);
        Assert.Equal(1, (await Verify(log, [log.In("log/keys"), key])).Code);
    }

    private static async Task<(int Code, string Output)> Verify(KeptLog log, string[] arguments)
    {
        var environment = Service.Environment(log.Database, log.In(""));
        environment["ConnectionStrings__Migration"] = log.Database.Owner;
        await using var running = Running.Start("dotnet", [Repository.Program, "verify", .. arguments], environment);
        return (await running.End(TimeSpan.FromSeconds(60)), running.Output);
    }
}
