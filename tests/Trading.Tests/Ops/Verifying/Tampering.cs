using System.Globalization;
using Npgsql;
using Trading.Tests.Harness;
using Trading.Tests.Log.Verifying;
using Xunit;

namespace Trading.Tests.Ops.Verifying;

/// <summary>One change by chance to a table or a published file, as an administrator can make it, past every trigger and constraint.</summary>
internal sealed class Tampering
{
    private const string Event = "id::text", Position = "'position ' || position", Opening = "digest", Answered = "answer::json ->> 'noticeId'";
    private const string Node = "'node ' || tree || ' ' || level || '/' || index";

    private static readonly string[] views = ["procedurepage", "procedurerow", "procedureversion", "partyversion", "noticerow"];

    /// <summary>Tables of rows that are taken away or added: how a finding names the row, and what a copy has of its own.</summary>
    private static readonly (string Table, string Named, string Own)[] tables =
    [
        ("events.mt_events", Event, "jsonb_build_object('id', gen_random_uuid(), 'seq_id', 999999, 'version', 999)"),
        ("events.mt_streams", Event, "jsonb_build_object('id', gen_random_uuid())"),
        ("log.leaf", Position, "jsonb_build_object('position', 999999, 'sequence', 999999, 'event_id', gen_random_uuid(), 'stream', gen_random_uuid())"),
        ("log.node", Node, "jsonb_build_object('index', 999999)"),
        ("log.head", "'head ' || tree", "jsonb_build_object('tree', 'other')"),
        ("log.checkpoint", "'checkpoint ' || tree", "jsonb_build_object('size', 999999, 'number', 999999)"),
        ("vault.opening", Opening, "jsonb_build_object('digest', md5(random()::text))"),
        ("intake.idempotency_keys", Answered, "jsonb_build_object('key', 'copied')"),
        .. views.Select(view => ($"views.mt_doc_{view}", Event, "jsonb_build_object('id', gen_random_uuid())")),
    ];

    private readonly KeptLog log;
    private readonly NpgsqlDataSource administrator;
    private readonly IReadOnlyList<(string Name, Func<Task<(string What, string Named, Func<Task> PutBack)>> Do)> kinds;
    private Random chance = new(0);
    private SingleByte change;

    private Tampering(KeptLog log, NpgsqlDataSource administrator, IReadOnlyList<(string, string, string)> viewColumns)
    {
        (this.log, this.administrator, change) = (log, administrator, new SingleByte(log, administrator, chance));
        kinds =
        [
            ("what an event states", () => Byte(("events.mt_events", "data", "jsonb", Event))),
            ("who and why of an event", () => Byte(
                ("events.mt_events", "headers", "jsonb", Event), ("events.mt_events", "user_name", "text", Event), ("events.mt_events", "causation_id", "text", Event),
                ("events.mt_events", "correlation_id", "text", Event), ("events.mt_events", "type", "text", Event), ("events.mt_events", "mt_dotnet_type", "text", Event))),
            ("when an event was recorded", () => Byte(("events.mt_events", "timestamp", "timestamptz", Event))),
            ("place of an event", () => Byte(
                ("events.mt_events", "version", "bigint", Event), ("events.mt_events", "stream_id", "uuid", Event), ("events.mt_events", "seq_id", "bigint", Event), ("events.mt_events", "id", "uuid", Event))),
            ("events exchanged", Exchanged),
            ("events hidden or overlaid", Hidden),
            ("row taken away", Taken),
            ("row added", Added),
            ("stream", () => Byte(("events.mt_streams", "version", "bigint", Event), ("events.mt_streams", "id", "uuid", Event))),
            ("leaf", () => Byte([.. new[]
            {
                ("position", "bigint"), ("sequence", "bigint"), ("event_id", "uuid"), ("stream", "uuid"), ("version", "bigint"), ("bytes", "bytea"), ("hash", "bytea"), ("notice", "bytea"),
                ("type", "text"), ("category", "text"), ("region", "text"),
            }.Select(c => ("log.leaf", c.Item1, c.Item2, Position))])),
            ("node or head", () => Byte([
                .. new[] { ("tree", "text"), ("level", "smallint"), ("index", "bigint"), ("hash", "bytea") }.Select(c => ("log.node", c.Item1, c.Item2, "'node'")),
                .. new[] { ("tree", "text"), ("size", "bigint"), ("frontier", "bytea[]"), ("root", "bytea") }.Select(c => ("log.head", c.Item1, c.Item2, "'head'")),
            ])),
            ("checkpoint", () => Byte([.. new[] { ("tree", "text"), ("size", "bigint"), ("note", "text"), ("number", "bigint") }.Select(c => ("log.checkpoint", c.Item1, c.Item2, "'checkpoint'"))])),
            ("row of the vault", () => Byte(("vault.opening", "digest", "text", Opening), ("vault.opening", "event_id", "uuid", Opening), ("vault.opening", "key", "text", Opening))),
            ("ciphertext", () => Byte(("vault.opening", "ciphertext", "bytea", Opening))),
            ("what a view tells", () => Byte([.. views.Select(view => ($"views.mt_doc_{view}", "data", "jsonb", Event))])),
            ("what a view is found by", () => Byte([.. viewColumns.Select(c => (c.Item1, c.Item2, c.Item3, Event))])),
            ("stored answer", () => Byte([.. new[]
            {
                ("client", "text"), ("key", "text"), ("fingerprint", "bytea"), ("etag", "text"), ("location", "text"), ("answer", "text"), ("recorded_at", "timestamptz"),
            }.Select(c => ("intake.idempotency_keys", c.Item1, c.Item2, Answered))])),
            ("byte of a published file", () => change.InFile(Pick("checkpoint", "notice", "entries", "tile"))),
            ("published file cut or removed", Cut),
        ];
    }

    public int Kinds => kinds.Count;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Tampering> Of(KeptLog log, NpgsqlDataSource administrator)
    {
        // Columns that no row fills have nothing to change; who wrote a row and when is read by nobody.
        var columns = new List<(string, string, string)>();
        await using var command = administrator.CreateCommand(
            """
            select c.oid::regclass::text, quote_ident(a.attname), format_type(a.atttypid, null) from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
            where n.nspname = 'views' and c.relname = any($1) and a.attnum > 0 and not a.attisdropped and a.attname not in ('data', 'mt_last_modified', 'mt_dotnet_type')
              and (xpath('//row/c/text()', query_to_xml(format('select count(%I) as c from %s', a.attname, c.oid::regclass), true, false, '')))[1]::text::int > 0
            order by 1, 2
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = views.Select(view => $"mt_doc_{view}").ToArray() });
        await using var reader = await command.ExecuteReaderAsync(Ct);
        while (await reader.ReadAsync(Ct)) columns.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return new Tampering(log, administrator, columns);
    }

    /// <summary>Makes one change of the course that a seed gives; the kinds take turns.</summary>
    public async Task<(string Kind, string What, string Named, Func<Task> PutBack)> Make(int seed, int number)
    {
        chance = Chance.Of(seed, number);
        change = new SingleByte(log, administrator, chance);
        var (kind, tamper) = kinds[number % kinds.Count];
        var (what, named, putBack) = await tamper();
        return (kind, what, named, putBack);
    }

    private Task<(string What, string Named, Func<Task> PutBack)> Byte(params (string Table, string Column, string Type, string Named)[] places)
    {
        var (table, column, type, named) = Pick(places);
        return change.InTable(table, column, type, named);
    }

    private async Task<(string What, string Named, Func<Task> PutBack)> Exchanged()
    {
        var (one, other) = (await Row("events.mt_events", Event), await Row("events.mt_events", Event));
        while (other == one) other = await Row("events.mt_events", Event);
        var exchange = $"update events.mt_events e set data = o.data from events.mt_events o where (e.id, o.id) in (('{one}', '{other}'), ('{other}', '{one}'))";
        await Run(exchange);
        return ($"data of {one} and {other}", one, () => Run(exchange));
    }

    private async Task<(string What, string Named, Func<Task> PutBack)> Hidden()
    {
        var id = await Row("events.mt_events", Event);
        var (to, back) = Pick(("bdata = '\\x00'", "bdata = null"), ("is_archived = true", "is_archived = false"), ("is_skipped = true", "is_skipped = false"), ("tenant_id = 'other'", "tenant_id = '*DEFAULT*'"));
        await Run($"update events.mt_events set {to} where id = '{id}'");
        return ($"{to} of {id}", id, () => Run($"update events.mt_events set {back} where id = '{id}'"));
    }

    private async Task<(string What, string Named, Func<Task> PutBack)> Taken()
    {
        var (table, named, _) = Pick(tables);
        await Run($"create table taken as select * from {table} t order by t offset {await Offset(table)} limit 1");
        var name = await log.AskAdministrator<string>($"select {named} from taken");
        await Run($"delete from {table} t using taken where t = taken");
        return ($"{name} of {table} taken away", name, () => Run($"insert into {table} select * from taken; drop table taken"));
    }

    private async Task<(string What, string Named, Func<Task> PutBack)> Added()
    {
        var (table, named, own) = Pick(tables);
        await Run($"create table added as select r.* from {table} t cross join lateral jsonb_populate_record(t, {own}) r order by t offset {await Offset(table)} limit 1");
        var name = await log.AskAdministrator<string>($"select {(table is "intake.idempotency_keys" ? "key" : named)} from added");
        await Run($"insert into {table} select * from added");
        return ($"{name} added to {table}", name, () => Run($"delete from {table} t using added where t = added; drop table added"));
    }

    private async Task<(string What, string Named, Func<Task> PutBack)> Cut()
    {
        var files = Directory.GetFiles(log.Public, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var left = chance.Next(3);
        var path = Pick([.. left is 0 ? files.Where(file => !IsOutgrown(file)) : files]);
        var name = Path.GetRelativePath(log.Public, path);
        var bytes = await File.ReadAllBytesAsync(path, Ct);
        if (left is 0) File.Delete(path);
        else await File.WriteAllBytesAsync(path, bytes[..(left is 1 ? 0 : bytes.Length / 2)], Ct);
        return ($"{name} {(left is 0 ? "removed" : left is 1 ? "emptied" : "cut in half")}", name, () => File.WriteAllBytesAsync(path, bytes, Ct));
    }

    /// <summary>A tile that is not full, beside a wider one: the log has no more need of it, and may take it away.</summary>
    private static bool IsOutgrown(string file) =>
        Path.GetDirectoryName(file)!.EndsWith(".p", StringComparison.Ordinal) && Directory.GetFiles(Path.GetDirectoryName(file)!).Any(other => Width(other) > Width(file));

    private static int Width(string file) => int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture);

    private T Pick<T>(params T[] from) => from[chance.Next(from.Length)];

    private async Task<string> Offset(string table) =>
        chance.NextInt64(await log.AskAdministrator<long>($"select count(*) from {table}")).ToString(CultureInfo.InvariantCulture);

    private async Task<string> Row(string table, string named) => await log.AskAdministrator<string>($"select {named} from {table} t order by t offset {await Offset(table)} limit 1");

    private async Task Run(string statement)
    {
        await using var command = administrator.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
