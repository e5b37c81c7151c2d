using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using JasperFx.Events;
using Marten;
using Npgsql;
using Trading.Log.Verifying;
using Trading.Projections;
using Trading.Store;
using Trading.Vault;

namespace Trading.Ops.Verifying;

/// <summary>
/// Checks every row of every view, column by column, against what the events make of it, some procedures at a time. A view that follows the
/// events is held to those it has reached.
/// </summary>
/// <param name="store">Opened as the owner.</param>
/// <param name="vault">Where original wordings are read; without it the views that hold them are left out.</param>
/// <param name="waiting">Views that wait for their rebuild, from which nobody is answered.</param>
internal sealed class RecordedViews(IDocumentStore store, NpgsqlTransaction snapshot, PersonalVault? vault, IReadOnlyList<string> waiting)
{
    private const int ProceduresAtOnce = 100;
    private const string Streams = StoreSetup.EventSchema + ".mt_streams", Progresses = StoreSetup.EventSchema + ".mt_event_progression";
    private static readonly string[] unread = ["mt_last_modified", "mt_dotnet_type"];
    private static readonly JsonSerializerOptions written = StoreSetup.Json();
    private static readonly ConcurrentDictionary<Type, Dictionary<string, PropertyInfo>> membersOf = [];

    /// <summary>Views that were not checked for want of the vault's keys.</summary>
    public IReadOnlyList<string> LeftOut => vault is null ? [.. Register.Views.Where(view => view.NeedsVault).Select(view => view.Name)] : [];

    public async Task Check(Findings findings, CancellationToken ct)
    {
        var views = new List<(View View, long Until)>();
        foreach (var view in Register.Views.Where(view => !LeftOut.Contains(view.Name) && !waiting.Contains(view.Name))) views.Add((view, await Reached(view, ct)));
        var last = Guid.Empty;
        while (await Procedures(last, ct) is { Length: > 0 } some)
        {
            last = some[^1];
            await Check(views, some, findings, ct);
        }

        foreach (var (view, _) in views)
            await foreach (var id in Read($"select d.id::text from {Table(view)} d where not exists (select from {Streams} s where s.id = d.{view.Procedure}) order by 1", ct))
                findings.Add($"{view.Name} {id}: it is of no procedure");
    }

    private async Task Check(IReadOnlyList<(View View, long Until)> views, Guid[] procedures, Findings findings, CancellationToken ct)
    {
        IReadOnlyList<IEvent> events;
        try
        {
            await using var session = store.QuerySession(Marten.Services.SessionOptions.ForTransaction(snapshot));
            events = await session.Events.QueryAllRawEvents().Where(e => procedures.Contains(e.StreamId)).ToListAsync(ct);
        }
        catch (Exception unreadable) when (IsOfTheEvents(unreadable))
        {
            if (procedures.Length is 1) findings.Add($"procedure {procedures[0]}: its events cannot be read: {unreadable.Message}");
            else
                foreach (var procedure in procedures) await Check(views, [procedure], findings, ct);
            return;
        }

        foreach (var together in views.GroupBy(view => view.Until))
        {
            var lives = events.Where(e => e.Sequence <= together.Key).GroupBy(e => e.StreamId)
                .ToDictionary(stream => stream.Key, stream => new Lifecycle([.. stream.OrderBy(e => e.Version)]));
            foreach (var (view, _) in together) await Check(view, procedures, lives, findings, ct);
        }
    }

    private async Task Check(View view, Guid[] procedures, IReadOnlyDictionary<Guid, Lifecycle> lives, Findings findings, CancellationToken ct)
    {
        IReadOnlyList<object> rows;
        try
        {
            rows = await view.Rows(procedures.Where(lives.ContainsKey).Select(procedure => lives[procedure]), vault!, ct);
        }
        catch (Exception unmakeable) when (IsOfTheEvents(unmakeable))
        {
            if (procedures.Length is 1) findings.Add($"{view.Name}: nothing can be made of the events of {procedures[0]}: {unmakeable.Message}");
            else
                foreach (var procedure in procedures) await Check(view, [procedure], lives, findings, ct);
            return;
        }

        var due = rows.ToDictionary(Id);
        await foreach (var text in Read($"select to_jsonb(d)::text from {Table(view)} d where {view.Procedure} = any($1) order by id", ct, procedures))
        {
            using var row = JsonDocument.Parse(text);
            var id = row.RootElement.GetProperty("id").GetGuid();
            if (!due.Remove(id, out var expected)) findings.Add($"{view.Name} {id}: the events make no such row");
            else if (Differing(row.RootElement, expected) is { } column) findings.Add($"{view.Name} {id}: its {column} is not what the events make of it");
        }

        foreach (var id in due.Keys.Order()) findings.Add($"{view.Name} {id}: the row is missing");
    }

    private static bool IsOfTheEvents(Exception failure) => failure is not (OperationCanceledException or NpgsqlException { IsTransient: true });

    /// <returns>The first column that is not as due; null when all are.</returns>
    private static string? Differing(JsonElement row, object due)
    {
        var members = membersOf.GetOrAdd(due.GetType(), static row =>
            row.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(member => member.Name, StringComparer.OrdinalIgnoreCase));
        foreach (var column in row.EnumerateObject())
        {
            if (column.Name is "data")
            {
                if (!AreAlike(column.Value, JsonSerializer.SerializeToElement(due, due.GetType(), written))) return column.Name;
            }
            else if (!unread.Contains(column.Name) && members.TryGetValue(Member(column.Name), out var member) && !IsAs(column.Value, member.GetValue(due)))
            {
                return column.Name;
            }
        }

        return null;
    }

    private static string Member(string column) => column is "mt_version" ? "Version" : column.Replace("_", "", StringComparison.Ordinal);

    private static bool IsAs(JsonElement column, object? due) => (column.ValueKind, due) switch
    {
        (JsonValueKind.Null, null) => true,
        (JsonValueKind.Null, _) or (_, null) => false,
        (JsonValueKind.String, DateTimeOffset time) => DateTimeOffset.TryParse(column.GetString(), CultureInfo.InvariantCulture, out var at) && at == time,
        (JsonValueKind.Number, decimal or int or long) => column.TryGetDecimal(out var number) && AreAlike(number, Convert.ToDecimal(due, CultureInfo.InvariantCulture)),
        (JsonValueKind.True or JsonValueKind.False, bool flag) => column.GetBoolean() == flag,
        (JsonValueKind.Array, int[] numbers) => JsonElement.DeepEquals(column, JsonSerializer.SerializeToElement(numbers)),
        (JsonValueKind.String, _) => column.GetString() == Convert.ToString(due, CultureInfo.InvariantCulture),
        _ => false,
    };

    private static bool AreAlike(JsonElement one, JsonElement other) => (one.ValueKind, other.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => one.GetPropertyCount() == other.GetPropertyCount()
            && one.EnumerateObject().All(member => other.TryGetProperty(member.Name, out var value) && AreAlike(member.Value, value)),
        (JsonValueKind.Array, JsonValueKind.Array) => one.GetArrayLength() == other.GetArrayLength() && one.EnumerateArray().Zip(other.EnumerateArray()).All(pair => AreAlike(pair.First, pair.Second)),
        (JsonValueKind.Number, JsonValueKind.Number) when one.TryGetDecimal(out var number) && other.TryGetDecimal(out var otherNumber) => AreAlike(number, otherNumber),
        _ => JsonElement.DeepEquals(one, other),
    };

    /// <summary>Compares the scale too: 1.5 and 1.50 are shown as different texts.</summary>
    private static bool AreAlike(decimal one, decimal other) => one == other && one.Scale == other.Scale;

    private static Guid Id(object row) => (Guid)row.GetType().GetProperty("Id")!.GetValue(row)!;

    private async Task<Guid[]> Procedures(Guid after, CancellationToken ct)
    {
        var some = new List<Guid>();
        await foreach (var id in Read($"select id::text from {Streams} where id > $1 order by id limit {ProceduresAtOnce}", ct, after)) some.Add(Guid.Parse(id));
        return [.. some];
    }

    /// <returns>The number of the last event the view has to tell of.</returns>
    private async Task<long> Reached(View view, CancellationToken ct)
    {
        if (view.Progress is null) return long.MaxValue;
        await foreach (var number in Read($"select last_seq_id::text from {Progresses} where name = $1", ct, view.Progress)) return long.Parse(number, CultureInfo.InvariantCulture);
        return 0;
    }

    private async IAsyncEnumerable<string> Read(string question, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct, params object[] arguments)
    {
        await using var command = new NpgsqlCommand(question, snapshot.Connection, snapshot) { CommandTimeout = 0 };
        foreach (var argument in arguments) command.Parameters.Add(new NpgsqlParameter { Value = argument });
        var rows = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) rows.Add(reader.GetString(0));
        foreach (var row in rows) yield return row;
    }

    private string Table(View view) => store.Options.Schema.For(view.Row);
}
