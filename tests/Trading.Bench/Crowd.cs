using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Trading.Events;
using Trading.Kernel;
using Trading.Projections;

namespace Trading.Bench;

/// <summary>
/// Notices by chance, from a seed: places, works, companies and prices in the shapes of real ones, and none of them real. Some go together
/// and some never do: minerals are traded in few regions, carbon only of late, plans have no bidders.
/// </summary>
internal sealed class Crowd(int seed)
{
    public const string Core = "华澄远建", Code = "91420500MA4980000K";

    private const string Columns = "id, data, published_at, type, category, region, centre, deadline, amount, procedure_id, deadline_order, amount_order, event_version, recorded_at, wording, terms";

    private static readonly string[] works = ["学校", "轨道交通", "污水处理厂", "农村公路", "医院", "高标准农田", "老旧小区", "桥梁", "水库", "图书馆", "产业园", "信息系统", "养老中心", "幼儿园", "体育馆"];
    private static readonly string[] kinds = ["建设", "改造", "维修", "扩建", "设备采购", "监理", "勘察设计", "物业服务", "施工总承包"];
    private static readonly string[] types = ["announcement-published", "candidates-publicised", "award-announced", "contract-published", "plan-published", "procurement-intention-published", "announcement-corrected"];
    private static readonly string[] categories = [.. WireNames.All<TradeCategory>()];
    private static readonly string[] counties = [.. Regions.All.Select(region => region.ToString()).Where(code => !code.EndsWith("00", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    private static readonly Dictionary<string, string> centres = counties.Select(county => county[..4]).Distinct().ToDictionary(city => city, city => Checked($"12{city}00MB0000019"));
    private static readonly string syllables = "华中兴建宏达瑞恒信诚远大明光新天海江山水木金石安平和顺利通泰昌盛隆鑫源博雅";
    private static readonly string[] clauses =
    [
        "本项目已由主管部门批准建设，资金来自财政资金，出资比例为百分之百", "投标人须具备有效的营业执照和相应资质，并在人员、设备、资金等方面具有承担本项目的能力", "本次招标不接受联合体投标", "本次招标接受联合体投标，联合体各方应当签订共同投标协议",
        "凡有意参加投标者，请在规定时间内登录电子招标投标系统下载招标文件", "投标保证金可以采用银行保函、担保机构担保或者保证保险的形式提交", "评标委员会由招标人代表和有关技术、经济等方面的专家组成", "经评审，推荐的中标候选人按得分由高到低排列如下",
        "公示期间对结果有异议的，应当以书面形式向招标人提出", "招标人应当自收到异议之日起三日内作出答复", "履约保证金为合同金额的百分之五，工程竣工验收合格后退还", "工期自开工令下达之日起计算，质量要求达到现行国家施工验收规范合格标准",
        "被列入失信被执行人名单的，不得参加投标，以信用中国网站查询结果为准", "逾期送达的或者未送达指定地点的投标文件，招标人不予受理", "开标时间另行通知的，以更正公告为准，原公告其他内容不变", "缺陷责任期为二十四个月，质量保证金按工程价款结算总额的百分之三预留",
        "建设地点位于规划区内，临近学校和医院，施工期间须做好降噪防尘", "本工程涉及轨道交通控制保护区，施工方案须经运营单位书面同意", "供应商应当提供所投产品的检测报告和原厂授权，进口产品须附报关单", "交货期为合同签订后六十日历天，安装调试完毕并经验收合格后支付剩余价款",
    ];
    private static readonly DateTimeOffset from = new(2012, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random random = new(seed);

    /// <param name="see">Is shown every notice.</param>
    public async Task Fill(Service service, int count, Action<Made> see)
    {
        // Rows are made by the projection's own rules; only who writes them differs. The index is made at once when they are there.
        await Execute(service, "set maintenance_work_mem = '1GB'; drop index views.mt_doc_noticerow_idx_terms");
        var procedures = Math.Max(1, count / 5);
        await using (var connection = await service.Database.OpenConnectionAsync())
        await using (var copy = await connection.BeginBinaryImportAsync($"copy views.mt_doc_noticerow ({Columns}) from stdin (format binary)"))
        {
            for (var i = 0; i < count; i++)
            {
                var (row, made) = Next(i, random.Next(procedures));
                see(made);
                await copy.StartRowAsync();
                await copy.WriteAsync(row.Id, NpgsqlDbType.Uuid);
                await copy.WriteAsync(JsonSerializer.Serialize(row, WireJson.Stored), NpgsqlDbType.Jsonb);
                await copy.WriteAsync(row.PublishedAt, NpgsqlDbType.TimestampTz);
                foreach (var text in (string[])[row.Type, row.Category, row.Region, row.Centre]) await copy.WriteAsync(text, NpgsqlDbType.Varchar);
                if (row.Deadline is { } deadline) await copy.WriteAsync(deadline, NpgsqlDbType.TimestampTz);
                else await copy.WriteNullAsync();
                if (row.Amount is { } amount) await copy.WriteAsync(amount, NpgsqlDbType.Numeric);
                else await copy.WriteNullAsync();
                await copy.WriteAsync(row.ProcedureId, NpgsqlDbType.Uuid);
                await copy.WriteAsync(row.DeadlineOrder, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync(row.AmountOrder, NpgsqlDbType.Numeric);
                await copy.WriteAsync(row.EventVersion, NpgsqlDbType.Bigint);
                await copy.WriteAsync(row.RecordedAt, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync(row.Wording, NpgsqlDbType.Text);
                await copy.WriteAsync(row.Terms, NpgsqlDbType.Array | NpgsqlDbType.Integer);
            }

            await copy.CompleteAsync();
        }

        await Execute(service, "set maintenance_work_mem = '1GB'; create index mt_doc_noticerow_idx_terms on views.mt_doc_noticerow using gin (terms)");
        await Execute(service, "vacuum analyze views.mt_doc_noticerow");
    }

    /// <summary>One to five filters by chance, which may have nothing in common.</summary>
    public static string Question(Random chance)
    {
        Func<string>[] filters =
        [
            () => "q=" + Uri.EscapeDataString(chance.Next(6) switch { 0 => Company(chance.Next(30_000))[2..6], 1 => One(kinds) + "项目", 2 => One(clauses)[..chance.Next(2, 8)], 3 => $"{One(works)} {One(clauses)[^4..]}", _ => One(works) }),
            () => "category=" + One(categories), () => "type=" + One(types) + (chance.Next(3) is 0 ? "," + One(types) : ""),
            () => "region=" + One(counties)[..(2 * chance.Next(1, 4))], () => "centre=" + Centre(One(counties)), () => "supplier=" + Uri.EscapeDataString(Company(chance.Next(30_000))),
            () => $"publishedTo={2013 + chance.Next(13)}-0{chance.Next(1, 10)}-01", () => $"amountFrom={Math.Round(Math.Exp(chance.NextDouble() * 22))}",
            () => $"deadlineTo={2012 + chance.Next(14)}-0{chance.Next(1, 10)}-01", () => "sort=" + One(["publishedAt", "-publishedAt", "deadline", "-deadline", "amount", "-amount"]),
        ];
        chance.Shuffle(filters);
        return string.Join('&', filters.Take(chance.Next(1, 6)).Select(filter => filter()));

        T One<T>(T[] among) => among[chance.Next(among.Length)];
    }

    private (NoticeRow Row, Made Made) Next(int number, int procedure)
    {
        var region = counties[(int)(Math.Pow(random.NextDouble(), 2) * counties.Length)];
        var category = random.Next(10) switch { < 4 => categories[0], < 7 => categories[1], < 9 => categories[random.Next(2, 5)], _ => categories[5] };
        var published = from.AddMinutes(number * 5.0e6 / 1_000_000 * 1.4 + random.Next(10_000));
        var type = types[(int)(random.NextDouble() * random.NextDouble() * types.Length)];
        var title = $"{RegionCode.Parse(region).FullName}{works[(int)(random.NextDouble() * random.NextDouble() * works.Length)]}{kinds[random.Next(kinds.Length)]}项目({number % 4 + 1}标段)";
        var initiator = $"{RegionCode.Parse(region).Name}{"教交住水卫农"[random.Next(6)]}局";
        string[] companies = type.StartsWith('p') || type is "announcement-published" ? [] : [.. Enumerable.Range(0, 3).Select(_ => Company((int)(random.NextDouble() * random.NextDouble() * 30_000)))];
        var code = companies.Length > 0 && random.Next(3_000) is 0 ? Code : null;
        DateTimeOffset? deadline = random.Next(3) is 0 ? null : published.AddDays(random.Next(5, 40));
        decimal? amount = random.Next(4) is 0 ? null : Math.Round((decimal)Math.Exp(8 + random.NextDouble() * 6 + random.NextDouble() * 6), 2);
        var id = Guid.CreateVersion7(published.AddTicks(number));
        var said = PublicTexts.Of([title], [$"ocds-000000-{procedure}", initiator, "示例公共资源交易中心", Centre(region), code, .. companies], []);
        var body = Body();
        var row = new NoticeRow(
            id, new Guid(procedure, 0, 0, new byte[8]), 1, published, $"ocds-000000-{procedure}", type, "公告", title, published, category, null, region, RegionCode.Parse(region).FullName, Centre(region),
            "示例公共资源交易中心", new NamedParty(initiator), [initiator], code is null ? companies : [code, .. companies], deadline, amount, Legacy: false,
            said.All) { Said = said with { Originals = [body] } };
        return (row, new Made(id, title, type, category, region, string.Join('\n', [.. companies, code, body])));
    }

    /// <summary>An original wording of one to three dozen clauses, no two alike: some 400 characters in the mean.</summary>
    private string Body()
    {
        var body = new StringBuilder();
        for (var left = 1 + (int)(Math.Pow(random.NextDouble(), 2) * 36); left > 0; left--)
            body.Append(clauses[(int)(random.NextDouble() * random.NextDouble() * clauses.Length)]).Append('，').Append(syllables[random.Next(syllables.Length)]).Append(syllables[random.Next(syllables.Length)])
                .Append(random.Next(1, 400)).Append("号。");
        return body.ToString();
    }

    private static string Company(int number)
    {
        var core = number is 77 ? Core : string.Concat(Enumerable.Range(0, 4).Select(i => syllables[(int)(((number + 1L) * 7919 * (i * 31 + 17) + number / 3) % syllables.Length)]));
        return $"示例{core}{(number % 3 is 0 ? "建设工程" : number % 3 is 1 ? "科技" : "工程咨询")}有限公司";
    }

    private static string Centre(string region) => centres[region[..4]];

    private static string Checked(string code) => "0123456789ABCDEFGHJKLMNPQRTUWXY".Select(check => code + check).First(IsCreditCode);

    private static bool IsCreditCode(string code)
    {
        try
        {
            return CreditCode.Parse(code) is not null;
        }
        catch (InvalidValueException)
        {
            return false;
        }
    }

    private static async Task Execute(Service service, string sql)
    {
        await using var connection = await service.Database.OpenConnectionAsync();
        foreach (var statement in sql.Split(';'))
        {
            await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 1800 };
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>A notice as it is looked at by hand.</summary>
    internal sealed record Made(Guid Id, string Title, string Type, string Category, string Region, string Parties)
    {
        public bool Fits(string query) => query.Split('&').Select(part => part.Split('=')).All(part => part[0] switch
        {
            "q" => Title.Contains(part[1], StringComparison.Ordinal) || Parties.Contains(part[1], StringComparison.Ordinal),
            "category" => Category == part[1],
            "region" => Region.StartsWith(part[1], StringComparison.Ordinal),
            _ => Type == part[1],
        });
    }
}
