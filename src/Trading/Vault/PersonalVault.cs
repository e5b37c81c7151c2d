using System.Buffers.Text;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json.Nodes;
using Marten;
using Npgsql;
using Trading.Events;
using Trading.Kernel;
using Trading.Store;

namespace Trading.Vault;

/// <summary>
/// 个人信息保险库: keeps what opens the digests in events, encrypted, and forgets it when it is erased. Events, leaves and proofs stay as
/// they are. Openings that cannot be decrypted are logged and left out like erased ones, so that the rest of their notice stays readable.
/// </summary>
public sealed partial class PersonalVault(NpgsqlDataSource database, VaultKeys keys, ILogger<PersonalVault> log)
{
    // From key to key along the index: readiness is asked often, and openings are many.
    private const string KeysInUse =
        $"""
        with recursive used as (
            (select key from {VaultSchema.Name}.opening order by key limit 1)
            union all
            select (select key from {VaultSchema.Name}.opening where key > used.key order by key limit 1) from used where used.key is not null)
        select key from used where key is not null
        """;

    public static IReadOnlyDictionary<string, byte[]> None { get; } = FrozenDictionary<string, byte[]>.Empty;

    /// <summary>The fact as it is recorded. Its openings are kept in the session's transaction; the database deletes those that it erases when it is recorded.</summary>
    public INoticed Seal(IDocumentSession session, INoticed fact)
    {
        var (recorded, openings) = Sealing.Of(fact);
        foreach (var opening in openings)
        {
            var digest = Commitment.Digest(opening);
            session.QueueSqlCommand(
                $"insert into {VaultSchema.Name}.opening (digest, event_id, key, ciphertext) values (?, ?, ?, ?)",
                digest, fact.Notice.NoticeId, keys.Current, keys.Encrypt(digest, opening));
        }

        return recorded;
    }

    /// <summary>Puts every personal value back that has not been erased; no digest is left.</summary>
    /// <param name="keepErased">Where, by its path (RFC 6901), the digests of what was erased are to stay.</param>
    /// <returns>Where each stands (RFC 6901), and its digest.</returns>
    public async Task<IReadOnlyList<OpenedMember>> Open(JsonNode node, CancellationToken ct, Func<string, bool>? keepErased = null)
    {
        var places = new List<(string Path, JsonObject Members, string Digest)>();
        Find("", node, places);
        return places.Count is 0 ? [] : Open(places, await Openings([.. places.Select(p => p.Digest)], ct), keepErased);
    }

    private static IReadOnlyList<OpenedMember> Open(
        List<(string Path, JsonObject Members, string Digest)> places, IReadOnlyDictionary<string, string> openings, Func<string, bool>? keepErased)
    {
        foreach (var (_, members, _) in places) members.Remove(Sealable.Member);
        var opened = places.Where(p => openings.ContainsKey(p.Digest)).Select(p => (Place: p, Member: Read(openings[p.Digest])))
            .OrderBy(o => o.Member.Name, StringComparer.Ordinal).ToList();   // digests are made of chance, and so is their order
        foreach (var (place, (name, value)) in opened) place.Members[name] = value;
        if (keepErased is not null)
            foreach (var erased in places.Where(p => !openings.ContainsKey(p.Digest) && keepErased(p.Path)).GroupBy(p => p.Members))
                erased.Key[Sealable.Member] = new JsonArray([.. erased.Select(p => JsonValue.Create(p.Digest))]);
        return [.. opened.Select(o => new OpenedMember($"{o.Place.Path}/{o.Member.Name}", o.Place.Digest))];
    }

    /// <summary>What can be erased of an event: where it stands in the event's data, and its digest. Nothing where the procedure has no such event.</summary>
    public async Task<IReadOnlyList<OpenedMember>> MembersOf(Guid procedureId, Guid eventId, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select data::text from {StoreSetup.EventSchema}.mt_events where id = $1 and stream_id = $2");
        command.Parameters.Add(new NpgsqlParameter { Value = eventId });
        command.Parameters.Add(new NpgsqlParameter { Value = procedureId });
        return await command.ExecuteScalarAsync(ct) is string data ? await Open(JsonNode.Parse(data)!, ct) : [];
    }

    /// <summary>By their digests; those that were erased, or cannot be decrypted, are missing.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Openings(string[] digests, CancellationToken ct)
    {
        var openings = new Dictionary<string, string>(StringComparer.Ordinal);
        if (digests is []) return openings;
        await using var command = database.CreateCommand($"select digest, key, ciphertext from {VaultSchema.Name}.opening where digest = any($1)");
        command.Parameters.Add(new NpgsqlParameter { Value = digests });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            if (Decrypted(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)) is { } opening) openings[reader.GetString(0)] = Encoding.ASCII.GetString(opening);
        return openings;
    }

    /// <summary>What opens the digests that stand in JSON as the service writes it, in UTF-8, by their digests.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> OpeningsIn(byte[] json, CancellationToken ct) =>
        (await Openings(Unsealing.Digests(json), ct)).ToDictionary(opening => opening.Key, opening => Encoding.ASCII.GetBytes(opening.Value), StringComparer.Ordinal);

    /// <summary>Likewise, of rows that were read elsewhere.</summary>
    public IReadOnlyDictionary<string, byte[]> Decrypt(string[] digests, string[] keyNames, byte[][] ciphertexts)
    {
        var openings = new Dictionary<string, byte[]>(digests.Length, StringComparer.Ordinal);
        for (var i = 0; i < digests.Length; i++)
            if (Decrypted(digests[i], keyNames[i], ciphertexts[i]) is { } opening) openings[digests[i]] = opening;
        return openings;
    }

    private byte[]? Decrypted(string digest, string key, byte[] ciphertext)
    {
        try
        {
            return keys.DecryptToAscii(digest, key, ciphertext);
        }
        catch (InvalidDataException unreadable)
        {
            LogUndecrypted(digest, unreadable.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "The opening of {Digest} cannot be decrypted, and what it opens is not shown. {Reason}")]
    private partial void LogUndecrypted(string digest, string reason);

    /// <summary>The digests that stand somewhere in a fact.</summary>
    public static string[] Digests(JsonNode node)
    {
        var places = new List<(string, JsonObject, string Digest)>();
        Find("", node, places);
        return [.. places.Select(p => p.Digest)];
    }

    /// <summary>The member an opening gives back.</summary>
    public static (string Name, JsonNode? Value) Read(string opening)
    {
        var parts = JsonNode.Parse(Base64Url.DecodeFromChars(opening))!.AsArray();
        return ((string)parts[1]!, parts[2]?.DeepClone());
    }

    /// <exception cref="InvalidDataException">Openings are there under a key that is not: nobody could read them.</exception>
    public async Task Check(CancellationToken ct)
    {
        await using var command = database.CreateCommand(KeysInUse);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            if (!keys.Has(reader.GetString(0))) throw new InvalidDataException($"The vault's key {reader.GetString(0)} is not there; what it encrypted cannot be read.");
    }

    private static void Find(string path, JsonNode? node, List<(string Path, JsonObject Members, string Digest)> places)
    {
        switch (node)
        {
            case JsonArray items:
                for (var i = 0; i < items.Count; i++) Find($"{path}/{i}", items[i], places);
                break;
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    if (name is not Sealable.Member) Find($"{path}/{name}", value, places);
                    else places.AddRange(value!.AsArray().Select(digest => (path, members, (string)digest!)));
                }

                break;
        }
    }
}

/// <param name="Pointer">Where it stands (RFC 6901).</param>
public sealed record OpenedMember(string Pointer, string Digest);
