using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Trading.Log;
using Trading.Log.Notes;
using Trading.Log.Witnessing;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Log.Witnessing;

/// <summary>What witnesses are asked for while the log grows without pause.</summary>
public sealed class OffersTests
{
    [Fact]
    public async Task a_slow_witness_is_asked_for_the_newest_next_and_all_are_asked_for_the_same()
    {
        await using var log = await KeptLog.Open("offers");
        var signers = new[] { "quick", "slow" }.ToDictionary(name => name, name => new CosignatureSigner($"{name}.example", new byte[32]));
        var asked = signers.Keys.ToDictionary(name => name, _ => new ConcurrentQueue<long>());
        var slowly = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var witnesses = await Loopback.Start(async http =>
        {
            var name = http.Request.Path.Value!.Split('/')[1];
            using var reader = new StreamReader(http.Request.Body);
            Assert.True(AddCheckpoint.TryParse(await reader.ReadToEndAsync(http.RequestAborted), out var request));
            Assert.True(SignedNote.TryParse(request.Note, out var note));
            asked[name].Enqueue(log.Keys.Main.Open(request.Note)!.Size);
            if (name is "slow") await slowly.Task.WaitAsync(http.RequestAborted);
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"{signers[name].Sign(note.Text, TimeProvider.System.GetUtcNow())}\n"), http.RequestAborted);
        });
        var settings = log.Settings with { Witnesses = [.. signers.Select(s => new WitnessAddress(new Uri(witnesses.Address, $"{s.Key}/"), s.Value.Key))] };
        await using var services = new ServiceCollection().AddHttpClient(Witnesses.Client).Services.BuildServiceProvider();
        using var head = new PublishedHead(log.Source, log.Keys, NullLogger<PublishedHead>.Instance);
        using var asking = new Witnesses(log.Source, head, log.Keys, settings, services.GetRequiredService<IHttpClientFactory>(), NullLogger<Witnesses>.Instance);
        await head.StartAsync(TestContext.Current.CancellationToken);
        await asking.StartAsync(TestContext.Current.CancellationToken);

        var first = await Grow();
        await Eventually.True(() => Task.FromResult(asked.Values.All(sizes => sizes.Contains(first))));
        long last = first;
        while (asked["quick"].Count < 3) last = await Grow();
        await Eventually.True(() => Task.FromResult(asked["quick"].Contains(last)));

        var before = asked["slow"].Count;   // once, or again after the time for an answer was over
        slowly.SetResult();
        await Eventually.True(() => Task.FromResult(asked["slow"].Count > before));
        Assert.Equal(last, asked["slow"].ElementAt(before));
        Assert.Subset(asked["quick"].ToHashSet(), asked["slow"].ToHashSet());
        Assert.True(asked["slow"].Distinct().Count() < asked["quick"].Distinct().Count());

        await asking.StopAsync(TestContext.Current.CancellationToken);
        await head.StopAsync(TestContext.Current.CancellationToken);

        async Task<long> Grow()
        {
            await log.Record(Lives.All[0].Facts);
            await log.Publish();
            return await log.Ask<long>("select max(size) from log.checkpoint");
        }
    }
}
