using System.Security.Cryptography;
using System.Text;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Trading.Events;
using Trading.Http;
using Trading.Intake;
using Trading.Log;
using Trading.Log.Notes;
using Trading.Log.Publishing;
using Trading.Log.Verifying;
using Trading.Merkle;
using Trading.Ops;
using Trading.Ops.Verifying;
using Trading.Vault;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>A log over a database of its own, without a service: a test records, sequences and publishes step by step, as the application's role.</summary>
internal sealed class KeptLog : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly Lazy<(ServiceProvider Services, NpgsqlDataSource Source)> owner;
    private readonly NpgsqlConnection connection;
    private int procedures;

    private KeptLog(Database database, ServiceProvider services, NpgsqlConnection connection, bool sm3)
    {
        (Database, this.services, this.connection) = (database, services, connection);
        owner = new(() => (Composition.Store(database.Settings() with { Database = database.Owner }).BuildServiceProvider(), NpgsqlDataSource.Create(database.Owner)));
        Settings = new LogSettings(database.Application, "trading.example/log", In("log"), In("log/keys"), In("log/fence"), Sm3: sm3, Sequences: true);
        Keys = LogKeys.Open(Settings);
        Sequencer = new Sequencer(connection, sm3 ? [TreeHash.Sm3] : []);
        Source = NpgsqlDataSource.Create(database.Application);
        Publishers = [.. Keys.Trees.Select(tree => new Publisher(Source, tree, FenceOf(tree), Public))];
    }

    public Database Database { get; }

    public LogSettings Settings { get; }

    public LogKeys Keys { get; }

    public Sequencer Sequencer { get; }

    public NpgsqlDataSource Source { get; }

    public IReadOnlyList<Publisher> Publishers { get; }

    /// <summary>What the last verification could not check.</summary>
    public IReadOnlyList<string> Remarks { get; private set; } = [];

    public IDocumentStore Store => services.GetRequiredService<IDocumentStore>();

    public PersonalVault Vault => services.GetRequiredService<PersonalVault>();

    public string Public => In("log/public");

    private string Root { get; } = Directory.CreateTempSubdirectory("trading-log-").FullName;

    public static async Task<KeptLog> Open(string purpose, bool sm3 = true, bool trial = true)
    {
        var database = await Database.Create(purpose, trial: trial);
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.Application) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return new KeptLog(database, Composition.Store(database.Settings()).BuildServiceProvider(), connection, sm3);
    }

    /// <summary>Records the facts of another procedure.</summary>
    public Task Record(IEnumerable<INoticed> facts)
    {
        var serial = Interlocked.Increment(ref procedures);
        return RecordedLives.Begin(Store, Lives.Procedure(serial), facts.Numbered(serial), Vault);
    }

    /// <summary>Records the facts of another procedure with all that is kept of who did and why.</summary>
    public async Task Attributed(IEnumerable<INoticed> facts)
    {
        var serial = Interlocked.Increment(ref procedures);
        await using var session = Store.LightweightSession();
        Attribution.Set(
            session, new Caller("publisher-1", new HashSet<string> { Role.Publisher }, new CallerCentre(Samples.Centre.Code, Samples.Centre.Name), null),
            new Correlation("request-1", "trace-1"), []);
        session.Events.StartStream(Lives.Procedure(serial), facts.Numbered(serial).Select(fact => Attribution.Event(session, Vault.Seal(session, fact))));
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Records the facts of another procedure in one transaction with an answer, as the desk does for a posting.</summary>
    public async Task Answered(IEnumerable<INoticed> facts)
    {
        var serial = Interlocked.Increment(ref procedures);
        await using var session = Store.LightweightSession();
        var events = facts.Numbered(serial).Select(fact => Attribution.Event(session, Vault.Seal(session, fact))).ToList();
        session.Events.StartStream(Lives.Procedure(serial), events);
        var (key, at) = ($"key-{serial}", TimeProvider.System.GetUtcNow());
        var (fingerprint, answer) = (SHA256.HashData(Encoding.UTF8.GetBytes(key)), new Idempotency.Answer("\"1\"", $"/v1/procedures/{serial}", $$"""{"noticeId":"{{events[0].Id}}"}"""));
        Idempotency.Keep(session, new KeyScope("publisher-1", "publisher-1"), key, fingerprint, answer, at);
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Makes the boards of everything recorded so far.</summary>
    public async Task MakeBoards()
    {
        using var daemon = await Store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        await daemon.WaitForNonStaleData(TimeSpan.FromSeconds(60));
        await daemon.StopAllAsync();
    }

    public async Task RecordEveryLife()
    {
        foreach (var (_, facts) in Lives.All) await Record(facts);
    }

    /// <summary>Sequences everything that waits, and publishes it.</summary>
    public async Task Publish()
    {
        while (await Sequencer.Pass(TestContext.Current.CancellationToken) > 0) { }
        foreach (var publisher in Publishers) await publisher.Publish(TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
    }

    /// <summary>Has the main tree's checkpoint of a size cosigned by witnesses of these names.</summary>
    public async Task<IReadOnlyList<VerifierKey>> Cosign(long size, params string[] witnesses)
    {
        var signers = witnesses.Select(name => new CosignatureSigner(name, new byte[32])).ToList();
        Assert.True(SignedNote.TryParse(await Ask<string>($"select note from log.checkpoint where tree = 'sha256' and size = {size}"), out var note));
        foreach (var signer in signers)
            await Tamper($"insert into log.cosignature values ('sha256', {size}, '{signer.Key.Name}', '{signer.Sign(note.Text, DateTimeOffset.UnixEpoch)}')");
        return [.. signers.Select(signer => signer.Key)];
    }

    /// <summary>The checkpoint that was published last.</summary>
    public Task<string> Note(string tree = "") => File.ReadAllTextAsync(Path.Combine(Public, tree, "checkpoint"), TestContext.Current.CancellationToken);

    public Fence FenceOf(PublishedTree tree) => new(Path.Combine(Settings.Fence, $"{tree.Hash.Name}.checkpoint"), tree);

    /// <summary>What a verification of files and database finds wrong.</summary>
    public async Task<Findings> Verify(params string[] older)
    {
        var (findings, published) = await VerifyFiles(older);
        var recorded = new RecordedDatabase(owner.Value.Services.GetRequiredService<IDocumentStore>(), owner.Value.Source, published, [], services.GetRequiredService<VaultKeys>());
        await recorded.Check(findings, TestContext.Current.CancellationToken);
        Remarks = recorded.Remarks;
        return findings;
    }

    /// <summary>What a verification of the files alone finds wrong, and what it has read.</summary>
    public async Task<(Findings Findings, PublishedLog Published)> VerifyFiles(params string[] older)
    {
        var findings = new Findings();
        var trees = Keys.Trees.Select(tree => new CheckedTree(tree.Hash, tree.Prefix, [.. tree.Signers.Select(signer => signer.Key)]));
        var published = new PublishedLog(Public, [.. trees], []);
        await published.Check([.. older.Select(note => ("older checkpoint", note))], findings, TestContext.Current.CancellationToken);
        return (findings, published);
    }

    public Task<T> Ask<T>(string question) => Ask<T>(Database.Owner, question);

    public Task<T> AskAdministrator<T>(string question) => Ask<T>(Database.Administrator, question);

    private static async Task<T> Ask<T>(string connection, string question)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(question);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async Task Tamper(string statement)
    {
        await using var owner = Database.OpenAsOwner();
        await using var command = owner.CreateCommand(statement);
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Makes the log's tables what they were when it had so many entries, and keeps what they were before.</summary>
    public async Task Shorten(long size)
    {
        var heads = new List<string>();
        foreach (var tree in Keys.Trees)
        {
            var frontier = new Frontier(tree.Hash);
            for (var position = 0; position < size; position++)
                frontier.Append(tree.Hash.Leaf(await Ask<byte[]>($"select bytes from log.leaf where position = {position}")));
            heads.Add($"update log.head set size = {size}, root = '\\x{Convert.ToHexString(frontier.Root)}', "
                + $"frontier = array[{string.Join(", ", frontier.Hashes.Select(hash => $"'\\x{Convert.ToHexString(hash)}'::bytea"))}] where tree = '{tree.Hash.Name}'");
        }

        await Tamper("create table kept_leaf as select * from log.leaf; create table kept_node as select * from log.node; "
            + "create table kept_head as select * from log.head; create table kept_checkpoint as select * from log.checkpoint; "
            + $"delete from log.leaf where position >= {size}; delete from log.node where index >= {size} >> (8 * level); delete from log.checkpoint where size > {size}; "
            + string.Join("; ", heads));
    }

    /// <summary>As an administrator can, past triggers and foreign keys.</summary>
    public async Task Force(string statement)
    {
        await using var administrator = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Database.Administrator) { Options = "-c session_replication_role=replica" });
        await using var command = administrator.CreateCommand(statement);
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Takes away what keeps even an owner from some of what a test does to its rows.</summary>
    public Task Unguard() => Tamper(
        "alter table events.mt_events drop constraint fkey_mt_events_stream_id, drop constraint mt_events_plain; alter table events.mt_streams drop constraint mt_streams_plain");

    public string In(string path) => Path.Combine(Root, path);

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await Source.DisposeAsync();
        if (owner.IsValueCreated)
        {
            await owner.Value.Services.DisposeAsync();
            await owner.Value.Source.DisposeAsync();
        }

        await services.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }
}
