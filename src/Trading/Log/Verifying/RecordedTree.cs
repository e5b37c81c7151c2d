using Npgsql;
using Trading.Log.Notes;
using Trading.Merkle;

namespace Trading.Log.Verifying;

/// <summary>Checks what the database keeps of one tree: its head, its nodes, and every checkpoint it has signed.</summary>
/// <param name="tree">Grown by every entry of the database.</param>
/// <param name="published">The checkpoint that was read of it.</param>
internal sealed class RecordedTree(NpgsqlConnection connection, CheckedTree tree, Checkpoint? published, IReadOnlyList<VerifierKey> witnesses)
{
    private string Name => tree.Hash.Name;

    public async Task Check(Findings findings, CancellationToken ct)
    {
        var size = await CheckHead(findings, ct);
        await CheckNodes(Math.Min(size, tree.Size), findings, ct);
        await CheckCheckpoints(findings, ct);
        await CheckCosignatures(findings, ct);
    }

    /// <returns>The size the head tells.</returns>
    private async Task<long> CheckHead(Findings findings, CancellationToken ct)
    {
        await using var command = Command($"select size, frontier, root from {LogSchema.Name}.head where tree = $1");
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            if (tree.Size > 0) findings.Add($"head {Name}: there is none");
            return tree.Size;
        }

        var size = reader.GetInt64(0);
        if (size > tree.Size || (size < tree.Size && tree.Hash == TreeHash.Sha256))
        {
            findings.Add($"head {Name}: it has {size} entries, while the log has {tree.Size}");
            return tree.Size;
        }

        var due = tree.FrontierAt(size);
        var kept = reader.GetFieldValue<byte[][]>(1);
        if (kept.Length != due.Count || kept.Where((hash, i) => !hash.AsSpan().SequenceEqual(due[i])).Any())
            findings.Add($"head {Name}: its frontier is not that of {size} entries");
        if (!reader.GetFieldValue<byte[]>(2).AsSpan().SequenceEqual(tree.RootAt(size))) findings.Add($"head {Name}: its root is not that of {size} entries");
        return size;
    }

    private async Task CheckNodes(long size, Findings findings, CancellationToken ct)
    {
        await using var command = Command($"select level, index, hash from {LogSchema.Name}.node where tree = $1 order by level, index");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var (level, next) = (tree.Hash == TreeHash.Sha256 ? 1 : 0, 0L);
        while (await reader.ReadAsync(ct))
        {
            var (at, index) = ((int)reader.GetInt16(0), reader.GetInt64(1));
            if (at < level || index < 0 || index >= Reach(at))
            {
                findings.Add($"node {Name} {at}/{index}: a tree of {size} entries has none there");
                continue;
            }

            for (; at > level; (level, next) = (level + 1, 0)) Missing(next, Reach(level));
            Missing(next, index);
            next = index + 1;
            if (!reader.GetFieldValue<byte[]>(2).AsSpan().SequenceEqual(tree.HashAt(at, index))) findings.Add($"node {Name} {at}/{index}: it is another than the entries make");
        }

        for (; Reach(level) > 0; (level, next) = (level + 1, 0)) Missing(next, Reach(level));

        long Reach(int of) => of > 7 ? 0 : Tile.Reach(of, size);

        void Missing(long from, long until)
        {
            if (from < until) findings.Add($"node {Name} {level}/{from}: it is missing, up to {until - 1}");
        }
    }

    private async Task CheckCheckpoints(Findings findings, CancellationToken ct)
    {
        await using var command = Command($"select size, note, number from {LogSchema.Name}.checkpoint where tree = $1 order by size");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var (last, number) = (-1L, 0L);
        while (await reader.ReadAsync(ct))
        {
            var name = $"checkpoint {Name} of {reader.GetInt64(0)}";
            if (reader.GetInt64(2) != number + 1) findings.Add($"{name}: its number is {reader.GetInt64(2)} and follows {number}");
            (last, number) = (reader.GetInt64(0), reader.GetInt64(2));
            if (tree.Open(reader.GetString(1), name, [], findings) is not { } checkpoint) continue;
            if (checkpoint.Size != reader.GetInt64(0)) findings.Add($"{name}: it is of {checkpoint.Size}");
            tree.Continue(checkpoint, name, findings);
        }

        if (published?.Size > last) findings.Add($"checkpoint {Name} of {published.Size}: it was published, and the database has none");
    }

    /// <summary>That they are signatures, and of the witnesses whose keys are known, that these have given them.</summary>
    private async Task CheckCosignatures(Findings findings, CancellationToken ct)
    {
        await using var command = Command(
            $"""
            select s.size, s.witness, s.line, c.note from {LogSchema.Name}.cosignature s
            left join {LogSchema.Name}.checkpoint c on c.tree = s.tree and c.size = s.size where s.tree = $1 order by s.size, s.witness
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (witnesses.FirstOrDefault(w => w.Name == reader.GetString(1)) is not { } witness)
            {
                if (!NoteSignature.TryParse(reader.GetString(2), out var unknown) || unknown.Name != reader.GetString(1))
                    findings.Add($"cosignature {Name} of {reader.GetInt64(0)}: what is kept for {reader.GetString(1)} is no signature");
                continue;
            }

            var note = reader.IsDBNull(3) ? "" : $"{reader.GetString(3)}{reader.GetString(2)}\n";
            if (!SignedNote.TryParse(note, out var signed) || !witness.HasSigned(signed) || signed.ToString() != note)
                findings.Add($"cosignature {Name} of {reader.GetInt64(0)}: {witness.Name} has not given it");
        }
    }

    private NpgsqlCommand Command(string question)
    {
        var command = new NpgsqlCommand(question, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter { Value = Name });
        return command;
    }
}
