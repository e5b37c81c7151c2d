using Microsoft.Extensions.DependencyInjection;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Tsp;
using Trading.Log.Stamping;
using Trading.Tests.Harness;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Log.Stamping;

public sealed class StampsTests : IDisposable
{
    private static readonly DateOnly day = new(2026, 3, 2);
    private readonly string directory = Directory.CreateTempSubdirectory("trading-stamps-").FullName;
    private readonly ServiceProvider clients = new ServiceCollection().AddHttpClient(TimeStampAuthority.Client).Services.BuildServiceProvider();

    [Fact]
    public async Task openssl_accepts_the_stamp_of_the_day_for_the_checkpoint_and_for_nothing_else()
    {
        await using var tsa = await OpensslTsa.Start();
        Assert.False(await Of(tsa).Stamp(day, TestContext.Current.CancellationToken));
        Assert.Equal(0, tsa.Asked);

        await Publish("first");
        Assert.True(await Of(tsa).Stamp(day, TestContext.Current.CancellationToken));
        Assert.Equal("first", await File.ReadAllTextAsync(In("2026-03-02.checkpoint"), TestContext.Current.CancellationToken));
        Assert.True(await tsa.Verifies(In("2026-03-02.checkpoint"), In("2026-03-02.tsr")));

        await Publish("second");
        Assert.False(await tsa.Verifies(Path.Combine(directory, "public", "checkpoint"), In("2026-03-02.tsr")));
        Assert.True(await Of(tsa).Stamp(day.AddDays(1), TestContext.Current.CancellationToken));
        Assert.True(await tsa.Verifies(Path.Combine(directory, "public", "checkpoint"), In("2026-03-03.tsr")));
    }

    [Fact]
    public async Task a_day_is_stamped_once_however_often_the_service_starts()
    {
        await using var tsa = await OpensslTsa.Start();
        await Publish("first");
        Assert.True(await Of(tsa).Stamp(day, TestContext.Current.CancellationToken));
        var kept = await File.ReadAllBytesAsync(In("2026-03-02.tsr"), TestContext.Current.CancellationToken);

        await Publish("second");
        Assert.True(await Of(tsa).Stamp(day, TestContext.Current.CancellationToken));
        Assert.Equal(1, tsa.Asked);
        Assert.Equal(kept, await File.ReadAllBytesAsync(In("2026-03-02.tsr"), TestContext.Current.CancellationToken));
        Assert.Equal("first", await File.ReadAllTextAsync(In("2026-03-02.checkpoint"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task an_attempt_that_was_interrupted_is_finished_with_the_checkpoint_it_began_with()
    {
        await using var tsa = await OpensslTsa.Start();
        await Publish("first");
        tsa.Say = _ => [];
        await Assert.ThrowsAsync<HttpRequestException>(() => Of(tsa).Stamp(day, TestContext.Current.CancellationToken));

        await Publish("second");
        tsa.Say = answer => answer;
        Assert.True(await Of(tsa).Stamp(day, TestContext.Current.CancellationToken));
        Assert.Equal("first", await File.ReadAllTextAsync(In("2026-03-02.checkpoint"), TestContext.Current.CancellationToken));
        Assert.True(await tsa.Verifies(In("2026-03-02.checkpoint"), In("2026-03-02.tsr")));
    }

    [Theory]
    [InlineData("another imprint")]
    [InlineData("another nonce")]
    [InlineData("no nonce")]
    [InlineData("no certificate")]
    [InlineData("another algorithm")]
    [InlineData("changed signature")]
    [InlineData("cut off")]
    [InlineData("garbage")]
    public async Task keeps_no_answer_to_another_question_and_none_that_is_spoilt(string how)
    {
        await using var tsa = await OpensslTsa.Start();
        tsa.Hear = question => Heard(how, new TimeStampRequest(question));
        tsa.Say = answer => how switch
        {
            "changed signature" => [.. answer[..^1], (byte)(answer[^1] ^ 1)],
            "cut off" => answer[..^100],
            "garbage" => "<html>"u8.ToArray(),
            _ => answer,
        };
        await Publish("first");
        await Assert.ThrowsAsync<HttpRequestException>(() => Of(tsa).Stamp(day, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(In("2026-03-02.tsr")));
        Assert.Equal(1, tsa.Asked);
    }

    [Fact]
    public async Task the_service_has_todays_checkpoint_stamped()
    {
        await using var tsa = await OpensslTsa.Start();
        await using var database = await Database.Create("stamped");
        await using var service = await Deployment.Start(database, ("Log__Directory", directory), ("Log__Tsa", tsa.Address.ToString()));
        await Posted.Register(service.Client("publisher"), database);

        string[] stamps = [];
        await Eventually.True(() => Task.FromResult(Directory.Exists(In("")) && (stamps = Directory.GetFiles(In(""), "*.tsr")).Length > 0), seconds: 60);
        Assert.True(await tsa.Verifies(Path.ChangeExtension(Assert.Single(stamps), "checkpoint"), stamps[0]));
        Assert.Equal(1, tsa.Asked);
    }

    public void Dispose()
    {
        clients.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private static byte[] Heard(string how, TimeStampRequest asked)
    {
        var other = new TimeStampRequestGenerator();
        other.SetCertReq(how is not "no certificate");
        return (how switch
        {
            "another imprint" => other.Generate(TspAlgorithms.Sha256, new byte[32], asked.Nonce),
            "another nonce" => other.Generate(TspAlgorithms.Sha256, asked.GetMessageImprintDigest(), asked.Nonce.Add(BigInteger.One)),
            "no nonce" => other.Generate(TspAlgorithms.Sha256, asked.GetMessageImprintDigest()),
            "another algorithm" => other.Generate(TspAlgorithms.Sha1, new byte[20], asked.Nonce),
            _ => other.Generate(TspAlgorithms.Sha256, asked.GetMessageImprintDigest(), asked.Nonce),
        }).GetEncoded();
    }

    private Stamps Of(OpensslTsa tsa) => new(directory, new TimeStampAuthority(tsa.Address, clients.GetRequiredService<IHttpClientFactory>()));

    private Task Publish(string checkpoint)
    {
        Directory.CreateDirectory(Path.Combine(directory, "public"));
        return File.WriteAllTextAsync(Path.Combine(directory, "public", "checkpoint"), checkpoint, TestContext.Current.CancellationToken);
    }

    private string In(string name) => Path.Combine(directory, "public", "stamps", name);
}
