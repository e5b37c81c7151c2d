using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marten;
using Marten.Exceptions;
using Npgsql;
using Trading.Docket;
using Trading.Events;
using Trading.Http;
using Trading.Kernel;
using Trading.Law;
using Trading.Store;
using Trading.Vault;

namespace Trading.Intake;

/// <summary>Takes over what a former system held: each line a stream of its own, each batch one transaction.</summary>
public sealed partial class LegacyDesk(IDocumentStore store, PersonalVault vault, OcdsPrefix ocds, TimeProvider clock, Lawbook law, Surfaces surfaces, WriteGate gate, ILogger<LegacyDesk> log)
{
    private const int BatchSize = 200;

    /// <summary>An import ends at so many refusals, because each costs time and memory.</summary>
    private const int MostRefused = 10_000;

    /// <summary>So many warnings are listed; the verdicts count all.</summary>
    private const int MostWarned = 10_000;

    private static readonly Flaw Changed = new(
        "legacy.changed", "同一来源标识的公告已导入，但内容不同。", "A notice of this sourceId is there already with other content.");

    private static readonly Flaw Unrecordable = new(
        "legacy.unrecordable", "该公告无法记录，请联系运行单位。", "The notice cannot be recorded; ask whoever runs the service.");

    private static readonly Flaw TooLong = new("legacy.line-length", "单行超过1 MiB。", "The line is longer than a mebibyte.");

    private static readonly Flaw Foreign = new(
        "legacy.foreign-region", "该地区不在授权范围之内。", "The region is not within your reach.");

    /// <returns>Null when recording ended meanwhile; what had landed stays, and is there when the import is repeated.</returns>
    public async Task<LegacyAnswer?> Import(
        IAsyncEnumerable<BodyLine> body, Caller caller, CallerCentre centre, Correlation correlation, Language language, bool dryRun, CancellationToken ct)
    {
        var refused = new List<LegacyRefusal>();
        var batch = new Dictionary<Guid, Entry>();
        var judged = new Dictionary<(string Rule, VerdictOutcome Outcome, Severity Severity), int>();
        var warned = new List<LegacyWarning>();
        int lines = 0, landed = 0, present = 0;
        await using (var session = store.LightweightSession()) await NodeClock.Check(session, clock.GetUtcNow(), ct);

        await foreach (var (number, given) in body)
        {
            if (refused.Count == MostRefused) break;
            lines++;
            if (given is not { } text)
            {
                refused.Add(new LegacyRefusal(number, null, TooLong.Code, TooLong.Wording.In(language)));
                continue;
            }

            if (Read(number, text) is not { } entry) continue;
            if (batch.TryGetValue(entry.ProcedureId, out var twin))
            {
                Settle(entry, twin.Sha256);
                continue;
            }

            batch.Add(entry.ProcedureId, entry);
            if (batch.Count == BatchSize && !await Record()) return null;
        }

        if (!await Record()) return null;
        return new LegacyAnswer(
            lines, landed, present, [.. refused.OrderBy(r => r.Line)],
            [.. judged.OrderBy(alike => alike.Key).Select(alike => new LegacyVerdicts(alike.Key.Rule, alike.Key.Outcome, alike.Key.Severity.ToString(), alike.Value))],
            [.. warned.OrderBy(warning => warning.Line)],
            dryRun ? true : null, refused.Count < MostRefused ? null : true);

        Entry? Read(int number, ReadOnlyMemory<byte> text)
        {
            try
            {
                var line = LegacyLine.Read(text.Span, LegalTime.DayOf(clock.GetUtcNow()));
                if (caller.Reaches(line.RegionCode))
                {
                    var fact = line.Fact(centre, ocds, Convert.ToHexStringLower(SHA256.HashData(text.Span)), clock.GetUtcNow());
                    var procedureId = line.ProcedureId(centre.Code);
                    if (IsRecordable(procedureId, fact)) return new Entry(number, line, procedureId, fact, [.. Lawfulness.Findings(law, null, fact).Select(Verdict.Of)]);
                    refused.Add(new LegacyRefusal(number, line.SourceId, Unrecordable.Code, Unrecordable.Wording.In(language)));
                    return null;
                }

                refused.Add(new LegacyRefusal(number, line.SourceId, Foreign.Code, Foreign.Wording.In(language), "/regionCode"));
            }
            catch (JsonException invalid)
            {
                var error = BodyErrors.Told(BodyErrors.Of(invalid), language);
                refused.Add(new LegacyRefusal(number, null, error.Code, error.Message, error.Pointer));
            }

            return null;
        }

        void Settle(Entry entry, string? sha256)
        {
            if (sha256 is null || entry.Sha256 == sha256)
            {
                present++;
                Tell(entry);
            }
            else
            {
                refused.Add(new LegacyRefusal(entry.Number, entry.Line.SourceId, Changed.Code, Changed.Wording.In(language)));
            }
        }

        void Tell(Entry entry)
        {
            foreach (var verdict in entry.Verdicts)
            {
                var alike = (verdict.Rule, verdict.Outcome, verdict.Severity);
                judged[alike] = judged.GetValueOrDefault(alike) + 1;
                if (verdict.Outcome is VerdictOutcome.Violation or VerdictOutcome.InvalidInput && warned.Count < MostWarned)
                    warned.Add(new LegacyWarning(entry.Number, entry.Line.SourceId, verdict.Rule, verdict.Severity.ToString(), verdict.Explanation!.In(language)));
            }
        }

        // False when recording has ended.
        async Task<bool> Record()
        {
            // Another import of the same lines may commit in between; then what it has recorded is there, and the rest is tried again.
            while (batch.Count > 0)
            {
                if (!dryRun && gate.Closed is not null) return false;
                await using var session = store.LightweightSession();
                foreach (var (procedureId, sha256) in await Known(session, [.. batch.Keys], ct))
                {
                    Settle(batch[procedureId], sha256);
                    batch.Remove(procedureId);
                }

                foreach (var entry in batch.Values)
                {
                    session.Events.StartStream(
                        entry.ProcedureId,
                        Attribution.Event(session, vault.Seal(session, entry.Fact)).Judged(entry.Verdicts, law.StampOf(entry.Line.Category, entry.Line.RegionCode)));
                }

                Attribution.Set(session, caller, correlation);
                try
                {
                    if (!dryRun) await session.SaveChangesAsync(ct);
                }
                catch (ExistingStreamIdCollisionException)
                {
                    continue;
                }

                landed += batch.Count;
                foreach (var entry in batch.Values) Tell(entry);
                batch.Clear();
            }

            return true;
        }
    }

    /// <summary>A dry run makes what is recorded together with the event too, so that it says what the import would.</summary>
    private bool IsRecordable(Guid procedureId, LegacyNoticeImported fact)
    {
        try
        {
            surfaces.Together(new JasperFx.Events.Event<LegacyNoticeImported>(fact) { Id = fact.Notice.NoticeId, StreamId = procedureId, Version = 1, Timestamp = fact.Notice.PublishedAt });
            return true;
        }
        catch (Exception wrong) when (wrong is not OperationCanceledException)
        {
            LogUnrecordable(wrong, fact.SourceId);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The legacy notice {SourceId} cannot be recorded")]
    private partial void LogUnrecordable(Exception cause, string sourceId);

    /// <summary>The hash of each line that was taken over before; null where it has been erased with the line's wording.</summary>
    private async Task<IReadOnlyDictionary<Guid, string?>> Known(IDocumentSession session, Guid[] procedures, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select stream_id, data from {StoreSetup.EventSchema}.mt_events where stream_id = any($1) and version = 1");
        command.Parameters.Add(new NpgsqlParameter { Value = procedures });
        var digests = new Dictionary<Guid, string[]>();
        await using (var reader = await session.ExecuteReaderAsync(command, ct))
            while (await reader.ReadAsync(ct)) digests.Add(reader.GetGuid(0), PersonalVault.Digests(JsonNode.Parse(reader.GetString(1))!["notice"]!));

        var openings = await vault.Openings([.. digests.Values.SelectMany(d => d)], ct);
        return digests.ToDictionary(d => d.Key, d => Sha256(d.Value));

        string? Sha256(string[] of) => (string?)of.Where(openings.ContainsKey).Select(digest => PersonalVault.Read(openings[digest]))
            .FirstOrDefault(member => member.Name is "sha256").Value;
    }

    private sealed record Entry(int Number, LegacyLine Line, Guid ProcedureId, LegacyNoticeImported Fact, IReadOnlyList<Verdict> Verdicts)
    {
        public string Sha256 => Fact.Notice.Sha256!;
    }
}
