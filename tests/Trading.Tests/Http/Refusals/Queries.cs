using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using static System.Net.HttpStatusCode;

namespace Trading.Tests.Http.Refusals;

/// <summary>Lists asked wrongly.</summary>
internal static class Queries
{
    private static readonly (string Parameter, string Error, string[] Values)[] Wrong =
    [
        ("limit", "number.range", ["0", "-1", "201", "1.5", "x", "1e2", "99999999999999999999", "%2B5", "０"]),
        ("limit", "parameter.form", [""]),
        ("cursor", "cursor.form", ["x", "AAAA", "bm90aGluZw", "%F0%9F%98%80", "LXB1Ymxpc2hlZEF0CjIwMjYtMDMtMDFUMDA6MDA6MDBaCnh4"]),
        ("cursor", "parameter.form", [""]),
        ("sort", "unknown-value", ["title", "-title", "--publishedAt", "publishedAt;drop", "PUBLISHEDAT"]),
        ("category", "unknown-value", ["x", "engineering,x", ",", "Engineering"]),
        ("category", "parameter.form", ["", new string('a', 501), "a%00b"]),
        ("region", "region-prefix.form", ["x", "4", "420", "42050", "4205001", "00", "%2A%2A", "４２"]),
        ("publishedFrom", "time.form", ["x", "2026", "2026-02-30", "2026-13-01", "2026-03-01T00:00:00", "01.03.2026", "2026-03-01T00:00:00%2B99:00", "0001-01-01T00:00:00Z"]),
        ("publishedTo", "time.form", ["tomorrow"]),
        ("deadlineFrom", "time.form", ["2026-3-1"]),
        ("deadlineTo", "time.form", ["9999-12-31T23:59:59Z"]),
        ("amountFrom", "yuan.form", ["x", "-1", "1e5", "1,000", "1.1234567", "100000000000000", "NaN"]),
        ("amountTo", "yuan.form", ["1..2"]),
        ("Q", "unknown-parameter", ["学校"]),
        ("Limit", "unknown-parameter", ["5"]),
        ("page", "unknown-parameter", ["2"]),
        ("order by", "unknown-parameter", ["1"]),
    ];

    /// <summary>It is taken as it stands; the cases spoil it.</summary>
    public static string CursorOf(Route route) => Cursor(route, "-publishedAt\n2026-03-01T00:00:00+00:00\n01900000-0000-7000-8000-000000000001");

    public static IEnumerable<Refusal> Cases =>
    [
        .. from route in Routes.Lists
           from wrong in Wrong
           from value in wrong.Values
           select Of(route, $"{Uri.EscapeDataString(wrong.Parameter)}={value}", wrong.Error),
        .. from route in Routes.Statistics
           from wrong in Wrong
           where wrong.Parameter is not ("limit" or "cursor" or "sort")
           from value in wrong.Values
           select Of(route, $"by=year&{Uri.EscapeDataString(wrong.Parameter)}={value}", wrong.Error),
        .. Routes.Statistics.SelectMany(EveryStatistic),
        Of(Routes.GetProcedureStatistics, "by=type", "unknown-value"), Of(Routes.GetProcedureStatistics, "by=lotStatus", "unknown-value"), Of(Routes.GetProcedureStatistics, "by=month&type=announcement-published", "unknown-parameter"),
        Of(Routes.GetNoticeStatistics, "by=stage", "unknown-value"), Of(Routes.GetNoticeStatistics, "by=status", "unknown-value"), Of(Routes.GetNoticeStatistics, "by=month&lotStatus=awarded", "unknown-parameter"),
        .. ((string[])["x", "9142050000000000000", "示例公司", "11420500011052607"]).Select(code => Party(code, "", "credit-code.length")),
        Party("11420500011052607x", "", "credit-code.alphabet"), Party("114205000110526070", "", "credit-code.check-character"), Party(Known, "?asOf=yesterday", "as-of.form"), Party(Known, "?asOf=999999999999", "as-of.unpublished"),
        Party(Known, "?asof=1", "unknown-parameter"), Party(Known, "?limit=5", "unknown-parameter"),
        new Refusal(Routes.GetParty, "a party nobody named", NotFound, "not-found") { Path = "/v1/parties/12420500MB00001669" },
        .. Routes.Lists.SelectMany(EveryList),
        .. from route in Routes.Writes
           from misspelt in (string[])["dryrun=true", "dry_run=true", "DryRun=true", "dryRun=true&x=1"]
           select Of(route, misspelt, "unknown-parameter") with { Role = "publisher" },
        Of(Routes.FindRules, "category=x", "unknown-value"), Of(Routes.FindRules, "stage=opened", "unknown-value"), Of(Routes.FindRules, "severity=e", "unknown-value"),
        Of(Routes.FindRules, "jurisdiction=42", "region-code.form"), Of(Routes.FindRules, "asOf=2026-02-30", "date.form"), Of(Routes.FindRules, "region=42", "unknown-parameter"),
        Of(Routes.FindRegions, "within=x", "region-prefix.form"), Of(Routes.FindRegions, "abolished=yes", "unknown-value"), Of(Routes.FindRegions, "level=city", "unknown-parameter"),
        .. from route in (Route[])[Routes.FindNotices, Routes.FindProcedures]
           from words in (string[])["校", "%20", "(", "校 !", "、。"]
           select Of(route, "q=" + words, "words.form"),
        .. from route in (Route[])[Routes.FindNotices, Routes.FindProcedures]
           from wrong in (string[])["sort=relevance", "highlight=true"]
           select Of(route, wrong, "words.absent"),
        .. from route in (Route[])[Routes.FindNotices, Routes.FindProcedures]
           from wrong in (string[])["facets=x", "facets=category,", "facets=title", "facets=Category", "q=学校&highlight=yes", "q=学校&highlight=true,false", "q=学校&highlight=True"]
           select Of(route, wrong, "unknown-value"),
        Of(Routes.FindNotices, "facets=stage", "unknown-value"), Of(Routes.FindProcedures, "facets=type", "unknown-value"),
        Of(Routes.FindNotices, "facets=", "parameter.form"), Of(Routes.FindProcedures, "facets=category&facets=stage", "parameter.form"),
        .. from key in (string[])["2026-03-01T00:00:00+00:00", "0 2026-03-01T00:00:00+00:00", "4 2026-03-01T00:00:00+00:00", "1 12", "1", " "]
           select Of(Routes.FindNotices, "q=学校&sort=relevance&cursor=" + Cursor(Routes.FindNotices, $"relevance\n{key}\n01900000-0000-7000-8000-000000000001", "q=学校"), "cursor.form"),
        .. Routes.Lists.Select(route => Of(route, "cursor=" + CursorOf(Routes.Lists.Single(other => other != route)), "cursor.form")),
        Of(Routes.FindNotices, "q=", "parameter.form"), Of(Routes.FindNotices, "q=学校&q=道路", "parameter.form"),
        Of(Routes.FindProcedures, "stage=x", "unknown-value"), Of(Routes.FindProcedures, "status=x", "unknown-value"), Of(Routes.FindProcedures, "lotStatus=x", "unknown-value"),
        Of(Routes.FindProcedures, "type=announcement-published", "unknown-parameter"), Of(Routes.FindNotices, "type=x", "unknown-value"),
        Of(Routes.FindNotices, "type=announcement-published,", "unknown-value"), Of(Routes.FindNotices, "procedure=7", "id.form"),
        Of(Routes.FindNotices, "procedure=0190000000007000800000000000000f", "id.form"), Of(Routes.FindNotices, "stage=opening", "unknown-parameter"),
        .. new[] { Routes.Plan, Routes.Register, Routes.Legacy }.SelectMany(route => new[] { "maybe", "", "1", "yes", "tru", "%00" }.Select(value =>
            new Refusal(route, $"dryRun={value}", BadRequest, "validation") { Query = "?dryRun=" + value, Error = "parameter.form" })),
    ];

    private const string Known = "11420500011052607X";

    private static Refusal Party(string code, string query, string error) =>
        new(Routes.GetParty, $"{code}{query}", BadRequest, "validation") { Path = $"/v1/parties/{code}", Query = query, Error = error };

    private static IEnumerable<Refusal> EveryStatistic(Route route) =>
    [
        Of(route, "", "required"), Of(route, "category=land", "required"), Of(route, "by=", "parameter.form"), Of(route, "by=month&by=year", "parameter.form"),
        .. ((string[])["x", "Month", "month,", ",", "month,x", "month;category", "deadline"]).Select(by => Of(route, "by=" + by, "unknown-value")),
        Of(route, "by=month,month", "twice"), Of(route, "by=month,year,month", "twice"), Of(route, "by=month,year,region,category", "too-many"), Of(route, "by=month,month,month,month", "too-many"),
        .. ((string[])["limit=5", "cursor=" + CursorOf(Routes.FindNotices), "sort=amount", "highlight=true", "facets=category", "groups=1"]).Select(more => Of(route, "by=month&" + more, "unknown-parameter")),
        Of(route, "by=month&q=校", "words.form"), Of(route, "by=month&asOf=yesterday", "as-of.form"), Of(route, "by=month&asOf=999999999999", "as-of.unpublished"),
    ];

    private static IEnumerable<Refusal> EveryList(Route route) =>
    [
        Of(route, "limit=5&limit=6", "parameter.form"), Of(route, "sort=amount&sort=deadline", "parameter.form"), Of(route, "region=42&region=43", "parameter.form"),
        Of(route, "limit=0&region=x&sort=title", "number.range"),

        // a cursor of another list, one of another order, and ones whose key is not of the order's kind
        Of(route, "category=land&cursor=" + CursorOf(route), "cursor.form"),
        Of(route, "sort=amount&cursor=" + Cursor(route, "-publishedAt\n2026-03-01T00:00:00+00:00\n01900000-0000-7000-8000-000000000001"), "cursor.form"),
        Of(route, "cursor=" + Cursor(route, "-publishedAt\n12\n01900000-0000-7000-8000-000000000001"), "cursor.form"),
        Of(route, "sort=amount&cursor=" + Cursor(route, "amount\n2026-03-01T00:00:00+00:00\n01900000-0000-7000-8000-000000000001"), "cursor.form"),
        Of(route, "sort=amount&cursor=" + Cursor(route, "amount\n1,000\n01900000-0000-7000-8000-000000000001"), "cursor.form"),
        Of(route, "cursor=" + Cursor(route, "-publishedAt\n2026-03-01T00:00:00+00:00\n7"), "cursor.form"),
    ];

    private static Refusal Of(Route route, string query, string error) => new(route, "?" + query, BadRequest, "validation") { Query = "?" + query, Error = error };

    /// <param name="filters">What the list is filtered by; the beginning of a hash of both stands in the cursor.</param>
    private static string Cursor(Route route, string text, string filters = "")
    {
        var list = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"/{route.Template}?{filters}"))[..8]);
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{list}\n{text}"));
    }
}
