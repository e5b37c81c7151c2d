using Npgsql;

namespace Trading.Store.Schema;

/// <summary>
/// Which version of each view the database holds. A migration asks for the versions of its build; a view that has another one waits for its
/// rebuild. A build neither answers from a view of another version nor writes it.
/// </summary>
public static class ViewVersions
{
    private const string Table = $"{Journal.Schema}.view";

    /// <summary>What the database has; nothing, where it has not been migrated yet.</summary>
    public static async Task<IReadOnlyDictionary<string, StoredView>> Read(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select name, version, built_at is not null from {Table}");
        try
        {
            await using var rows = await command.ExecuteReaderAsync(ct);
            var views = new Dictionary<string, StoredView>();
            while (await rows.ReadAsync(ct)) views.Add(rows.GetString(0), new StoredView(rows.GetInt32(1), rows.GetBoolean(2)));
            return views;
        }
        catch (PostgresException absent) when (absent.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return new Dictionary<string, StoredView>();
        }
    }

    /// <summary>Asks for these versions of views that have another one, from which no node answers after that.</summary>
    /// <returns>Whether there were any.</returns>
    public static async Task<bool> Ask(NpgsqlDataSource owner, IReadOnlyDictionary<string, int> versions)
    {
        if ((await Read(owner, CancellationToken.None)).Count is 0) return false;
        return await Execute(
            owner,
            $"""
            update {Table} v set version = n.version, built_at = null, built_by = null
            from unnest($1::text[], $2::integer[]) n(name, version) where v.name = n.name and v.version <> n.version
            """,
            versions.Keys.ToArray(), versions.Values.ToArray()) > 0;
    }

    /// <summary>Records views that the database did not have. Where nothing has been recorded, there is nothing to rebuild.</summary>
    /// <param name="build">The build that migrates.</param>
    /// <returns>The views that wait for a rebuild.</returns>
    public static async Task<IReadOnlyList<string>> Record(NpgsqlDataSource owner, IReadOnlyDictionary<string, int> versions, string build)
    {
        await Execute(owner, $"delete from {Table} where name <> all($1)", [versions.Keys.ToArray()]);
        await Execute(
            owner,
            $"""
            insert into {Table} as v (name, version, built_at, built_by)
            select n.name, n.version, case when e.empty then now() end, case when e.empty then $3 end
            from unnest($1::text[], $2::integer[]) n(name, version), (select not exists (select from {StoreSetup.EventSchema}.mt_streams)) e(empty)
            on conflict (name) do update set built_at = excluded.built_at, built_by = excluded.built_by where v.built_at is null
            """,
            versions.Keys.ToArray(), versions.Values.ToArray(), build);
        return [.. (await Read(owner, CancellationToken.None)).Where(view => !view.Value.IsBuilt).Select(view => view.Key).Order(StringComparer.Ordinal)];
    }

    /// <summary>Records that a view has been rebuilt.</summary>
    /// <param name="build">The build that did it.</param>
    /// <returns>Whether the database asks for this version.</returns>
    public static async Task<bool> Complete(NpgsqlDataSource owner, string view, int version, string build) => await Execute(
        owner, $"update {Table} set built_at = now(), built_by = $3 where name = $1 and version = $2", view, version, build) > 0;

    private static async Task<int> Execute(NpgsqlDataSource owner, string statement, params object[] values)
    {
        await using var command = owner.CreateCommand(statement);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteNonQueryAsync();
    }
}

/// <param name="Version">The version that the database asks for.</param>
/// <param name="IsBuilt">Whether its rows are of that version; otherwise they wait for a rebuild.</param>
public sealed record StoredView(int Version, bool IsBuilt);
