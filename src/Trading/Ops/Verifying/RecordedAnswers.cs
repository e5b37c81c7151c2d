using Npgsql;
using Trading.Intake;
using Trading.Log.Verifying;
using Trading.Store;

namespace Trading.Ops.Verifying;

/// <summary>
/// Checks the stored answers to postings: each has its digest in the metadata of the events it reports, which the log commits to. Answers to
/// postings of before have none; they must still report an event, and no event may have two.
/// </summary>
internal sealed class RecordedAnswers(NpgsqlConnection connection)
{
    /// <summary>Once one answer has its digest, every later one has.</summary>
    private const string OfBefore = $"not e.headers ? '{Idempotency.DigestHeader}' and e.seq_id < coalesce((select min(sequence) from told), e.seq_id + 1)";

    private static readonly string kept =
        $"""
        with kept as materialized (
            select client, key, {Idempotency.DigestInSql("k")} as digest, substring(answer from '"noticeId":"([0-9a-f]{"{8}"}-[0-9a-f-]{"{27}"})"')::uuid as event from intake.idempotency_keys k),
        told as materialized (
            select headers ->> '{Idempotency.DigestHeader}' as digest, min(seq_id) as sequence, (array_agg(id order by seq_id))[1] as event
            from {StoreSetup.EventSchema}.mt_events where headers ? '{Idempotency.DigestHeader}' group by 1)
        """;

    private static readonly string gone =
        $"""
        {kept}
        select format('event %s: the answer that was given for it is gone, or was changed', t.event) from told t
        where not exists (select from kept k where k.digest = t.digest) order by t.sequence
        """;

    private static readonly string forged =
        $"""
        {kept}
        select format('answer of %s under the key %s: it is not what was answered for event %s', k.client, k.key, coalesce(k.event::text, 'of any kind')) from kept k
        where not exists (select from told t where t.digest = k.digest) and not exists (
            select from {StoreSetup.EventSchema}.mt_events e where e.id = k.event and {OfBefore})
        order by 1
        """;

    private static readonly string doubled =
        $"""
        {kept}
        select format('answer of %s under the key %s: event %s was answered under another', max(client), max(key), event) from kept group by event having count(*) > 1 order by 1
        """;

    private static readonly string unprovable =
        $"""
        {kept}
        select count(*)::text from kept k where not exists (select from told t where t.digest = k.digest)
            and exists (select from {StoreSetup.EventSchema}.mt_events e where e.id = k.event and {OfBefore})
        """;

    /// <returns>How many answers are of before their digests were recorded, and cannot be proved.</returns>
    public async Task<long> Check(Findings findings, CancellationToken ct)
    {
        foreach (var question in (string[])[gone, forged, doubled])
            await foreach (var finding in Ask(question, ct)) findings.Add(finding);
        var count = 0L;
        await foreach (var number in Ask(unprovable, ct)) count = long.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
        return count;
    }

    private async IAsyncEnumerable<string> Ask(string question, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(question, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) yield return reader.GetString(0);
    }
}
