using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Read;

/// <summary>What the original wording of a notice says it is found by, until it is erased.</summary>
[Collection(TradingApp.Collection)]
public sealed partial class OriginalWordingSearchTests(TradingApp app, ITestOutputHelper output)
{
    private const int Seed = 20_261_124, Words = 150;
    private const string Ground = """{"ground":"consent-withdrawn","reason":"本人撤回同意"}""";
    private readonly Client publisher = app.Client();
    private readonly Client anyone = app.Client(role: null);

    [Fact]
    public async Task a_notice_is_found_and_highlighted_by_its_original_wording()
    {
        var (procedure, _) = await Announced("/html", "<p>兹有<b>蜃</b><span>楼</span>一座，公开招标</p><p>其屋</p><p>顶另议</p>");

        foreach (var words in (string[])["蜃楼", "蜃樓 教学楼", "有蜃楼一座", "示例市 蜃楼"]) Assert.Single(await Found(procedure, words));
        foreach (var words in (string[])["屋顶", "蜃楼 没有这样的", "公开招标其屋"]) Assert.Empty(await Found(procedure, words));

        var item = (await Find(procedure, "蜃樓", "&highlight=true"))["items"]![0]!;
        var shown = item["highlights"]!.AsArray().Single()!;
        var at = shown["at"]![0]!.AsArray();
        Assert.Equal("蜃楼", ((string)shown["text"]!).Substring((int)at[0]!, (int)at[1]!));
    }

    [Fact]
    public async Task what_is_erased_is_found_no_more_now_or_as_of_before()
    {
        var (procedure, notice) = await Announced("/text", "请与王海市蜃联系");
        await Eventually.Get(anyone, $"/v1/notices/{notice}", answer => answer.Json["position"] is not null);
        var position = (long)(await anyone.Get($"/v1/notices/{notice}")).Json["position"]!;
        Assert.Single((await Find(procedure, "海市蜃", $"&asOf={position}"))["items"]!.AsArray());

        (await publisher.PostText($"/v1/procedures/{procedure}/notices/{notice}/erasure", Ground)).Expect(HttpStatusCode.Created);

        Assert.Empty(await Found(procedure, "海市蜃"));
        Assert.Empty((await Find(procedure, "海市蜃", $"&asOf={position}"))["items"]!.AsArray());
        Assert.Equal(2, (await Found(procedure, "教学楼")).Count(title => !title.Contains("删除", StringComparison.Ordinal)));
        await using var owner = app.Database.OpenAsOwner();
        await using var kept = owner.CreateCommand("select count(*) from views.mt_doc_noticerow where strpos(wording, '海市蜃') > 0 or strpos(data::text, '海市蜃') > 0");
        Assert.Equal(0L, await kept.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task while_something_else_of_the_notice_is_erased_it_is_found_as_before()
    {
        var (procedure, notice) = await Announced("/html", "<p>鹤立鸡群</p>");

        (await publisher.PostText($"/v1/procedures/{procedure}/notices/{notice}/erasure", """{"ground":"law","reason":"依法删除","members":["/disclosure/secrecyReview/reviewer"]}""")).Expect(HttpStatusCode.Created);

        Assert.Single(await Found(procedure, "鹤立鸡群"));
    }

    [Fact]
    public async Task a_withheld_wording_is_found_once_it_is_disclosed()
    {
        var procedure = await Registered();
        var withheld = Routes.Plan.Set("/text", "暗度陈仓").Set("/disclosure", JsonNode.Parse("""
            {"attribute":"withheld","secrecyReview":{"reviewer":"李审查","reviewedAt":"2026-03-02T08:00:00+08:00","result":"passed"}}
            """)!);
        var notice = (string)(await publisher.PostText($"/v1/procedures/{procedure}/plan", withheld)).Expect(HttpStatusCode.Created).Json["noticeId"]!;
        Assert.Empty(await Found(procedure, "暗度陈仓"));
        await using var owner = app.Database.OpenAsOwner();
        await using var kept = owner.CreateCommand("select count(*) from views.mt_doc_noticerow where strpos(wording, '暗度陈仓') > 0");
        Assert.Equal(0L, await kept.ExecuteScalarAsync(TestContext.Current.CancellationToken));

        (await publisher.PostText($"/v1/procedures/{procedure}/notices/{notice}/disclosure", Routes.Disclosure.Body!)).Expect(HttpStatusCode.Created);

        Assert.Single(await Found(procedure, "暗度陈仓"));
    }

    [Fact]
    public async Task a_real_notice_is_found_by_what_a_reader_sees_and_by_nothing_else()
    {
        output.WriteLine($"seed {Seed}");
        var html = (string)JsonNode.Parse(await File.ReadAllTextAsync(RealData.Find("tender-notice.json"), TestContext.Current.CancellationToken))!["data"]!["noticeList"]![0]!["noticeContent"]!;
        var (procedure, _) = await Announced("/html", html);
        var read = WebUtility.HtmlDecode(Block().Replace(Inline().Replace(Unread().Replace(html, ""), ""), "\n"));
        Assert.True(read.Length > 3_000, $"{read.Length} characters");

        var chance = new Random(Seed);
        var (found, missed) = (0, 0);
        for (var i = 0; i < Words; i++)
        {
            var word = Word(read, chance);
            if (i % 3 is 0) word = new string([.. word.Reverse()]);
            var expected = read.Contains(word, StringComparison.Ordinal);
            Assert.True(expected == (await Found(procedure, word)).Any(title => title.Contains("招标公告", StringComparison.Ordinal)), $"{word}: {expected}");
            if (expected) found++;
            else missed++;
        }

        Assert.True((found, missed) is ( > 90, > 10), $"{found} found, {missed} not");
    }

    [GeneratedRegex(@"<(style|script|title|head)\b.*?</\1>|<!--.*?-->|<\?.*?>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Unread();

    [GeneratedRegex(@"</?(a|b|i|u|em|strong|span|font|sub|sup|ins|del)(\s[^>]*)?>", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Block();

    /// <summary>Two to four neighbours, all of them Chinese.</summary>
    private static string Word(string text, Random chance)
    {
        while (true)
        {
            var word = text.Substring(chance.Next(text.Length - 4), chance.Next(2, 5));
            if (word.All(character => character is >= '一' and <= '鿿')) return word;
        }
    }

    private async Task<string> Registered()
    {
        app.Clock.Set(Scene.Now);
        return (string)(await publisher.PostText("/v1/procedures", Routes.Engineering("001"))).Expect(HttpStatusCode.Created).Json["procedureId"]!;
    }

    private async Task<(string Procedure, string Notice)> Announced(string member, string wording)
    {
        var procedure = await Registered();
        return (procedure, (string)(await publisher.PostText($"/v1/procedures/{procedure}/announcement", Routes.Announcement.Set(member, wording))).Expect(HttpStatusCode.Created).Json["noticeId"]!);
    }

    private async Task<JsonNode> Find(string procedure, string words, string more = "")
    {
        await Harness.Boards.CaughtUp(app.Database);
        return (await anyone.Get($"/v1/notices?procedure={procedure}&q={Uri.EscapeDataString(words)}{more}")).Expect(HttpStatusCode.OK).Json;
    }

    /// <returns>The titles of the notices.</returns>
    private async Task<IReadOnlyList<string>> Found(string procedure, string words) => [.. (await Find(procedure, words))["items"]!.AsArray().Select(item => (string)item!["title"]!)];
}
