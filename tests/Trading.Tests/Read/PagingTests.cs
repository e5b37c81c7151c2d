using System.Buffers.Text;
using System.Net;
using System.Text;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Read;

/// <summary>A page begins behind the last item of the one before, and a cursor opens no other door.</summary>
[Collection(TradingApp.Collection)]
public sealed class PagingTests(TradingApp app)
{
    private const int Seed = 41_000_000;
    private static int seeds = Seed;
    private static int singles = Seed + 1_000_000;   // beyond what any seed makes

    private readonly Client client = app.Client(role: null);

    [Theory]
    [InlineData("-publishedAt"), InlineData("publishedAt"), InlineData("deadline"), InlineData("-amount")]
    public async Task pages_stay_whole_while_notices_are_added_between_them(string sort)
    {
        var chance = new RandomNotices(seeds += 1_000);
        await Add(20);
        var list = $"/v1/notices?publishedTo=2019-12-31&sort={sort}";
        var before = await All($"{list}&limit=200");
        Assert.True(before.Count > 20, $"{before.Count} notices");

        var paged = new List<Guid>();
        for (var next = $"{list}&limit=40"; next is not null; await Add(1)) next = await Read(next, paged);

        Assert.Equal(paged.Count, paged.Distinct().Count());
        Assert.Equal(before, paged.Intersect(before));

        async Task Add(int procedures)
        {
            for (var i = 0; i < procedures; i++)
            {
                var (procedure, facts) = chance.Next();
                await RecordedLives.Begin(app.Store, procedure, facts);
            }

            await Boards.CaughtUp(app.Database);
        }
    }

    [Fact]
    public async Task a_cursor_is_good_for_its_own_list_only()
    {
        await RecordedLives.Begin(app.Store, Lives.Procedure(++singles), Lives.All[0].Facts.Numbered(singles));
        await Boards.CaughtUp(app.Database);
        var next = (string)(await client.Get("/v1/notices?category=engineering&limit=1&sort=amount")).Json["links"]!["next"]!;
        var cursor = next[(next.IndexOf("cursor=", StringComparison.Ordinal) + "cursor=".Length)..];

        (await client.Get($"/v1/notices?category=engineering&limit=9&sort=amount&cursor={cursor}")).Expect(HttpStatusCode.OK);
        foreach (var other in new[] { "category=engineering", "category=engineering&sort=-amount", "category=land&sort=amount", "sort=amount", "category=engineering&sort=amount&region=42" })
            await Refused($"/v1/notices?{other}&cursor={cursor}");
        await Refused($"/v1/procedures?category=engineering&sort=amount&cursor={cursor}");
    }

    [Fact]
    public async Task the_usual_order_may_be_named_on_a_later_page()
    {
        await RecordedLives.Begin(app.Store, Lives.Procedure(++singles), Lives.All[0].Facts.Numbered(singles));
        await Boards.CaughtUp(app.Database);
        var next = (string)(await client.Get("/v1/notices?limit=1")).Json["links"]!["next"]!;

        (await client.Get(next + "&sort=-publishedAt")).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("sort=amount", "amount", "2026-01-01T00:00:00+00:00")]
    [InlineData("sort=amount", "amount", "1,000")]
    [InlineData("sort=amount", "amount", " 1")]
    [InlineData("sort=amount", "amount", "1e9")]
    [InlineData("sort=amount", "amount", "NaN")]
    [InlineData("sort=amount", "amount", "")]
    [InlineData("sort=publishedAt", "publishedAt", "1")]
    [InlineData("sort=publishedAt", "publishedAt", "infinity")]
    [InlineData("sort=publishedAt", "publishedAt", "2026-01-01")]
    [InlineData("sort=publishedAt", "publishedAt", "2026-01-01T00:00:00'); drop table x; --")]
    [InlineData("", "amount", "1")]
    public async Task a_forged_key_is_refused(string query, string sort, string key)
    {
        var list = await Fingerprint();
        await Refused($"/v1/notices?{query}&cursor={Encoded($"{list}\n{sort}\n{key}\n00000000-0000-0000-0000-000000000000")}");
    }

    [Theory]
    [InlineData("x"), InlineData("%20"), InlineData("AAAA"), InlineData("////"), InlineData("%C3%BF"), InlineData("gICA")]
    public Task what_is_no_cursor_is_refused(string cursor) => Refused($"/v1/notices?cursor={cursor}");

    [Fact]
    public async Task a_forged_id_or_shape_is_refused()
    {
        var list = await Fingerprint();
        foreach (var forged in new[] { $"{list}\n-publishedAt\n2026-01-01T00:00:00+00:00\nx", $"{list}\n-publishedAt\n2026-01-01T00:00:00+00:00", $"{list}\n-publishedAt\n2026-01-01T00:00:00+00:00\n00000000-0000-0000-0000-000000000000\n", $"{list}\n-publishedAt\n2026-01-01T00:00:00+00:00\n{{00000000-0000-0000-0000-000000000000}}" })
            await Refused($"/v1/notices?cursor={Encoded(forged)}");
        (await client.Get($"/v1/notices?cursor={Encoded($"{list}\n-publishedAt\n2026-01-01T00:00:00+00:00\n00000000-0000-0000-0000-000000000000")}")).Expect(HttpStatusCode.OK);
    }

    /// <summary>What a cursor of the unfiltered list begins with.</summary>
    private async Task<string> Fingerprint()
    {
        await RecordedLives.Begin(app.Store, Lives.Procedure(++singles), Lives.All[0].Facts.Numbered(singles));
        await Boards.CaughtUp(app.Database);
        var next = (string)(await client.Get("/v1/notices?limit=1")).Json["links"]!["next"]!;
        var cursor = next[(next.IndexOf("cursor=", StringComparison.Ordinal) + "cursor=".Length)..];
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('\n')[0];
    }

    private async Task Refused(string address)
    {
        var problem = (await client.Get(address)).Refused(HttpStatusCode.BadRequest, "validation");
        Assert.Equal(("cursor", "cursor.form"), ((string?)problem.Json["errors"]![0]!["pointer"], (string?)problem.Json["errors"]![0]!["code"]));
    }

    private async Task<List<Guid>> All(string? next)
    {
        var found = new List<Guid>();
        while (next is not null) next = await Read(next, found);
        return found;
    }

    private async Task<string?> Read(string address, List<Guid> into)
    {
        var page = (await client.Get(address)).Expect(HttpStatusCode.OK).Json;
        into.AddRange(page["items"]!.AsArray().Select(item => (Guid)item!["noticeId"]!));
        return (string?)page["links"]!["next"];
    }

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
