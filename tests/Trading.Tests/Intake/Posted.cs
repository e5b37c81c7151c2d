using System.Net;
using Npgsql;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Intake;

/// <summary>A procedure to post to, and what the database says of it.</summary>
internal sealed class Posted(Client client, Database database, string procedureId)
{
    public static readonly string Body = Routes.Engineering("001", "002");

    public static readonly string Plan = Routes.Plan.Body!;

    public string ProcedureId => procedureId;

    public string Path => $"/v1/procedures/{procedureId}";

    public static async Task<Posted> Register(Client client, Database database)
    {
        var receipt = (await client.PostText("/v1/procedures", Body)).Expect(HttpStatusCode.Created).Json;
        return new Posted(client, database, (string)receipt["procedureId"]!);
    }

    public Task<Answer> Post(string step, string body, params (string, string)[] headers) => client.PostText($"{Path}/{step}", body, headers);

    /// <summary>While it is held, no posting to the procedure comes to its end; it waits in the database.</summary>
    public async Task<Held> Hold()
    {
        var connection = new NpgsqlConnection(database.Owner);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var held = new Held(connection, await connection.BeginTransactionAsync(TestContext.Current.CancellationToken), database);
        await using var command = new NpgsqlCommand($"select 1 from events.mt_streams where id = '{procedureId}' for update", connection);
        await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        return held;
    }

    /// <summary>The stream is whole: versions 1 to n in the table, in the history, and as the entity tag.</summary>
    public async Task<int> IsDense()
    {
        var versions = await Rows<long>(database, $"select version from events.mt_events where stream_id = '{procedureId}' order by seq_id");
        Assert.Equal(Enumerable.Range(1, versions.Count).Select(i => (long)i), versions);

        var history = (await client.Get(Path + "/history")).Expect(HttpStatusCode.OK);
        Assert.Equal(versions, history.Json["items"]!.AsArray().Select(item => (long)item!["version"]!));
        var page = (await client.Get(Path)).Expect(HttpStatusCode.OK);
        Assert.Equal(versions.Count, page.Version);
        Assert.Equal(versions.Count, page.Json["notices"]!.AsArray().Count);
        return versions.Count;
    }

    public static async Task<List<T>> Rows<T>(Database database, string query)
    {
        await using var source = database.OpenAsOwner();
        await using var command = source.CreateCommand(query);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) rows.Add(reader.GetFieldValue<T>(0));
        return rows;
    }

    public sealed class Held(NpgsqlConnection connection, NpgsqlTransaction transaction, Database database) : IAsyncDisposable
    {
        /// <summary>Until as many postings wait for the procedure.</summary>
        public Task Awaited(int postings) => Eventually.True(async () => (await Rows<long>(
            database, $"select count(*) from pg_locks join pg_stat_activity using (pid) where datname = '{database.Name}' and not granted"))[0] == postings);

        public async ValueTask DisposeAsync()
        {
            await transaction.RollbackAsync(CancellationToken.None);
            await connection.DisposeAsync();
        }
    }
}
