using Npgsql;
using Trading.Events;
using Trading.Kernel;
using Trading.Store;
using Trading.Vault;

namespace Trading.Log.Verifying;

/// <summary>
/// Checks the vault against the events: every digest in an event opens, or an erasure names it; nothing that was erased is there again; and
/// every opening is what its digest commits to.
/// </summary>
/// <param name="keys">That decrypt the openings; without them only their presence is checked.</param>
public sealed class RecordedVault(NpgsqlConnection connection, VaultKeys? keys)
{
    private const string Openings = VaultSchema.Name + ".opening";

    private static readonly string told =
        $$"""
        with told as materialized (
            select distinct d.digest #>> '{}' as digest, e.id, e.seq_id from {{StoreSetup.EventSchema}}.mt_events e
            cross join lateral jsonb_path_query(e.data, '$.**.{{Sealable.Member}}[*]') d (digest)),
        erased as materialized (
            select distinct on (1) m.member ->> 'digest' as digest, e.id from {{StoreSetup.EventSchema}}.mt_events e
            cross join lateral jsonb_path_query(e.data, '$.members[*]') m (member)
            where e.type = '{{Catalogue.Name(typeof(PersonalDataErased))}}' order by 1, e.seq_id)
        """;

    private static readonly string lost =
        $"""
        {told}
        select format('event %s: what opens its digest %s is gone, and no erasure names it', t.id, t.digest) from told t
        where not exists (select from {Openings} o where o.digest = t.digest) and not exists (select from erased x where x.digest = t.digest) order by t.seq_id, t.digest
        """;

    private static readonly string returned =
        $"""
        {told}
        select format('opening %s: event %s erased it, and it is there again', o.digest, x.id) from {Openings} o join erased x on x.digest = o.digest order by o.digest
        """;

    private static readonly string foreign =
        $"""
        {told}
        select format('opening %s: event %s, which it is kept for, does not commit to it', o.digest, o.event_id) from {Openings} o
        where not exists (select from told t where t.digest = o.digest and t.id = o.event_id) order by o.digest
        """;

    public async Task Check(Findings findings, CancellationToken ct)
    {
        foreach (var question in (string[])[lost, returned, foreign])
        {
            await using var command = new NpgsqlCommand(question, connection) { CommandTimeout = 0 };
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) findings.Add(reader.GetString(0));
        }

        if (keys is not null) await Decrypt(keys, findings, ct);
    }

    private async Task Decrypt(VaultKeys keys, Findings findings, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select digest, key, ciphertext from {Openings} order by digest", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var digest = reader.GetString(0);
            try
            {
                if (Commitment.Digest(keys.Decrypt(digest, reader.GetString(1), reader.GetFieldValue<byte[]>(2))) != digest)
                    findings.Add($"opening {digest}: it is another than the digest commits to");
            }
            catch (InvalidDataException wrong)
            {
                findings.Add($"opening {digest}: {wrong.Message}");
            }
        }
    }
}
