using System.Globalization;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Trading.Projections;
using Trading.Read;

namespace Trading.Bench;

/// <summary>What a search asks of PostgreSQL, without the service; and what would be asked without its design: the filters, the index, the order and a limit.</summary>
internal sealed class Statements(NpgsqlConnection connection) : IAsyncDisposable
{
    public const string Table = "views.mt_doc_noticerow";

    public static async Task<Statements> Open(Service service) => new(await service.Database.OpenConnectionAsync());

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <returns>How many rows the page has.</returns>
    public async Task<int?> Search(string question)
    {
        await using var command = Search<NoticeRow>.Command(Asked(question), Table);
        command.Connection = connection;
        await using var reader = await command.ExecuteReaderAsync();
        await reader.NextResultAsync();
        return await Count(reader);
    }

    /// <returns>Null where it took too long.</returns>
    public async Task<int?> Plain(string question)
    {
        var query = Asked(question);
        await using var command = new NpgsqlCommand { Connection = connection };
        var (sql, values) = query.Build();
        var asked = string.Concat(sql.Split('?').Select((part, i) => i is 0 ? part : Add(values[i - 1]) + part));
        var index = string.Concat([.. query.Terms.Count is 0 ? (string[])[] : [$"terms @> {Add(query.Terms.ToArray())}"], .. query.Alternatives.Select(one => $" and terms && {Add(one)}")]);
        if (index.StartsWith(" and", StringComparison.Ordinal)) index = index[5..];
        command.CommandText = $"select set_config('statement_timeout', '10000', true); select data from (select * from {Table} as d{(index is "" ? "" : " where " + index)}) as d {asked}";
        try
        {
            await using var reader = await command.ExecuteReaderAsync();
            await reader.NextResultAsync();
            return await Count(reader);
        }
        catch (PostgresException slow) when (slow.SqlState is PostgresErrorCodes.QueryCanceled)
        {
            return null;
        }

        string Add(object value)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"p{command.Parameters.Count}");
            command.Parameters.Add(new NpgsqlParameter(name, value));
            return "@" + name;
        }
    }

    private static Query Asked(string question)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new QueryString("?" + question);
        return new FindNotices(session: null!, positions: null!, vault: null!).Asked(http);
    }

    private static async Task<int> Count(NpgsqlDataReader reader)
    {
        var count = 0;
        for (; await reader.ReadAsync(); count++) reader.GetString(0);
        return count;
    }
}
