using Npgsql;
using Trading.Merkle;

namespace Trading.Log;

/// <summary>The end of one tree in the database: what it takes to grow it.</summary>
public sealed record LogHead(TreeHash Tree, Frontier Frontier)
{
    public static async Task<LogHead> Read(NpgsqlConnection connection, TreeHash tree, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select size, frontier from {LogSchema.Name}.head where tree = $1", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = tree.Name });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return new LogHead(tree, await reader.ReadAsync(ct) ? new Frontier(tree, reader.GetInt64(0), reader.GetFieldValue<byte[][]>(1)) : new Frontier(tree));
    }

    /// <summary>Makes nodes and head of a tree anew from the leaves, as the owner of the schema, while no node sequences.</summary>
    /// <exception cref="LogStoppedException">A leaf has another hash than its bytes.</exception>
    public static async Task Remake(NpgsqlConnection connection, TreeHash tree, CancellationToken ct)
    {
        await using (var clear = new NpgsqlCommand($"delete from {LogSchema.Name}.node where tree = $1", connection) { Parameters = { new() { Value = tree.Name } } })
            await clear.ExecuteNonQueryAsync(ct);
        await using (var clear = new NpgsqlCommand($"delete from {LogSchema.Name}.head where tree = $1", connection) { Parameters = { new() { Value = tree.Name } } })
            await clear.ExecuteNonQueryAsync(ct);
        var head = new LogHead(tree, new Frontier(tree));
        while (await head.GrowFromLeaves(connection, ct)) { }
    }

    /// <summary>Grows the tree over leaves that are stored already, at most a batch of them.</summary>
    /// <returns>Whether there were any.</returns>
    /// <exception cref="LogStoppedException">A leaf has another hash than its bytes.</exception>
    public async Task<bool> GrowFromLeaves(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select bytes, hash from {LogSchema.Name}.leaf where position >= $1 order by position limit {Sequencer.MostAtOnce}", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Frontier.Size });
        var hashes = new List<byte[]>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct))
            {
                hashes.Add(Tree.Leaf(reader.GetFieldValue<byte[]>(0)));
                if (Tree == TreeHash.Sha256 && !hashes[^1].AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(1)))
                    throw new LogStoppedException($"Leaf {Frontier.Size + hashes.Count - 1} has another hash than its bytes.");
            }

        if (hashes.Count > 0) await Grow(connection, hashes, ct);
        return hashes.Count > 0;
    }

    /// <summary>Adds leaves by their hashes, with the nodes they complete. Nobody else may have grown the tree meanwhile.</summary>
    public async Task Grow(NpgsqlConnection connection, IReadOnlyList<byte[]> leafHashes, CancellationToken ct)
    {
        var (before, lowest) = (Frontier.Size, Tree == TreeHash.Sha256 ? 1 : 0);   // the main tree's leaf hashes stand beside its leaves
        var nodes = leafHashes.SelectMany(Frontier.Append)
            .Where(n => n.Subtree.Height % Tile.Bits is 0 && n.Subtree.Height / Tile.Bits >= lowest).ToList();
        if (nodes.Count > 0)
        {
            await using var insert = new NpgsqlCommand(
                $"insert into {LogSchema.Name}.node (tree, level, index, hash) select $1, * from unnest($2, $3, $4)", connection);
            insert.Parameters.Add(new NpgsqlParameter { Value = Tree.Name });
            insert.Parameters.Add(new NpgsqlParameter { Value = nodes.Select(n => (short)(n.Subtree.Height / Tile.Bits)).ToArray() });
            insert.Parameters.Add(new NpgsqlParameter { Value = nodes.Select(n => n.Subtree.Index).ToArray() });
            insert.Parameters.Add(new NpgsqlParameter { Value = nodes.Select(n => n.Hash).ToArray() });
            await insert.ExecuteNonQueryAsync(ct);
        }

        await using var move = new NpgsqlCommand(
            $"""
            insert into {LogSchema.Name}.head (tree, size, frontier, root) values ($1, $2, $3, $4)
            on conflict (tree) do update set size = excluded.size, frontier = excluded.frontier, root = excluded.root
            where head.size = $5
            """, connection);
        move.Parameters.Add(new NpgsqlParameter { Value = Tree.Name });
        move.Parameters.Add(new NpgsqlParameter { Value = Frontier.Size });
        move.Parameters.Add(new NpgsqlParameter { Value = Frontier.Hashes.ToArray() });
        move.Parameters.Add(new NpgsqlParameter { Value = Frontier.Root });
        move.Parameters.Add(new NpgsqlParameter { Value = before });
        if (await move.ExecuteNonQueryAsync(ct) is not 1) throw new LogStoppedException("Somebody else is sequencing.");
    }
}
