using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Trading.Store;
using Trading.Vault;

namespace Trading.Log.Evidence;

/// <summary>What of a procedure can be proved to somebody who trusts neither us nor our database, once its events have been published.</summary>
public sealed class EvidenceZip(NpgsqlDataSource database, LogKeys keys, PersonalVault vault)
{
    public const string MediaType = "application/zip";
    private static readonly DateTimeOffset undated = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);   // the same content is the same file
    private static readonly JsonSerializerOptions legible = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<byte[]> Of(Guid procedureId, CancellationToken ct)
    {
        var (newest, _) = await CosignedCheckpoint.Newest(database, keys.Main, ct) ?? CosignedCheckpoint.None;
        var (size, note) = await CosignedCheckpoint.Covering(database, keys.Main, await Published(procedureId, newest, ct), ct) ?? CosignedCheckpoint.None;
        var events = await Events(procedureId, size, ct);
        var openings = await vault.Openings([.. events.SelectMany(e => Digests(e.Event))], ct);
        using var file = new MemoryStream();
        await using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            await Add(zip, "README.md", EvidenceReadme.Of(procedureId, keys.Main.Origin, size, events.Count, events.Count(e => e.Position is null)), ct);
            await Add(zip, "checkpoint", note, ct);
            await Add(zip, "keys", string.Concat(keys.Main.Signers.Select(s => $"{s.Key}\n")), ct);
            foreach (var (position, bytes, notice, e) in events)
            {
                if (position is not { } at)
                {
                    await Add(zip, $"unpublished/{e.EventId}.json", Told(e), ct);
                    continue;
                }

                var name = at.ToString(CultureInfo.InvariantCulture);
                await Add(zip, $"entry/{name}", bytes, ct);
                await Add(zip, $"proof/{name}", await EventProof.Of(database, at, size, note, ct), ct);
                await Add(zip, $"event/{name}.json", Told(e), ct);
                foreach (var (member, opening) in Leaf.Openings(e)) await Add(zip, $"opening/{name}.{member}", opening, ct);
                var members = Digests(e).Where(openings.ContainsKey).Select(digest => $"{openings[digest]}\n").Order(StringComparer.Ordinal).ToList();
                if (members.Count > 0) await Add(zip, $"member/{name}", string.Concat(members), ct);
                if (notice is not null) await Add(zip, $"notice/{name}.json", notice, ct);
            }
        }

        return file.ToArray();
    }

    /// <summary>How many entries a checkpoint must have to cover all published events of the procedure.</summary>
    private async Task<long> Published(Guid procedureId, long newest, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select coalesce(max(position) + 1, 0) from {LogSchema.Name}.leaf where stream = $1 and position < $2");
        command.Parameters.Add(new NpgsqlParameter { Value = procedureId });
        command.Parameters.Add(new NpgsqlParameter { Value = newest });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>In their order; those without a position are in no checkpoint of this size yet.</summary>
    private async Task<List<(long? Position, byte[] Bytes, byte[]? Notice, RecordedEvent Event)>> Events(Guid procedureId, long size, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select l.position, l.bytes, l.notice, {RecordedEvents.Columns}
            from {StoreSetup.EventSchema}.mt_events e left join {LogSchema.Name}.leaf l on l.event_id = e.id and l.position < $2
            where e.stream_id = $1 order by e.version
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = procedureId });
        command.Parameters.Add(new NpgsqlParameter { Value = size });
        var events = new List<(long?, byte[], byte[]?, RecordedEvent)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var published = !await reader.IsDBNullAsync(0, ct);
            events.Add((
                published ? reader.GetInt64(0) : null, published ? reader.GetFieldValue<byte[]>(1) : [],
                await reader.IsDBNullAsync(2, ct) ? null : reader.GetFieldValue<byte[]>(2), RecordedEvents.Read(reader, 3)));
        }

        return events;
    }

    private static string[] Digests(RecordedEvent e) => PersonalVault.Digests(JsonSerializer.SerializeToNode(e.Data)!);

    private static string Told(RecordedEvent e) => new JsonObject
    {
        ["eventId"] = e.EventId.ToString(),
        ["procedureId"] = e.Stream.ToString(),
        ["version"] = e.Version,
        ["type"] = e.Type,
        ["recordedAt"] = e.RecordedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        ["data"] = JsonSerializer.SerializeToNode(e.Data),
        ["metadata"] = JsonSerializer.SerializeToNode(e.Metadata),
    }.ToJsonString(legible);

    private static Task Add(ZipArchive zip, string name, string text, CancellationToken ct) => Add(zip, name, Encoding.UTF8.GetBytes(text), ct);

    private static async Task Add(ZipArchive zip, string name, byte[] bytes, CancellationToken ct)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = undated;
        await using var content = await entry.OpenAsync(ct);
        await content.WriteAsync(bytes, ct);
    }
}
