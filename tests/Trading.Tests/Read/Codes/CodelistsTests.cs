using System.Net;
using Trading.Events;
using Trading.Kernel;
using Trading.Projections;
using Trading.Read.Codes;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Read.Codes;

[Collection(TradingApp.Collection)]
public sealed class CodelistsTests(TradingApp app)
{
    private readonly Client anyone = app.Client(role: null);

    /// <summary>The closed sets a reader meets; each has a list of its own name with exactly its words.</summary>
    public static TheoryData<Type> Sets =>
    [
        typeof(TradeCategory), typeof(ProcedureMethod), typeof(ProcedureStage), typeof(ProcedureStatus), typeof(LotStatus), typeof(NoticeStatus), typeof(ContractStatus),
        typeof(AwardOutcome), typeof(DisclosureKind), typeof(ReviewResult), typeof(QualificationOutcome), typeof(CorrectionSubject), typeof(TerminationKind),
        typeof(PerformanceKind), typeof(AcceptanceResult), typeof(ObjectionTarget), typeof(ErasureGround), typeof(AreaUnit), typeof(GivenUnit), typeof(VerdictOutcome),
        typeof(AlertLight), typeof(AlertStep), typeof(AlertOutcome), typeof(PartyRole),
    ];

    [Theory, MemberData(nameof(Sets))]
    public void every_word_of_a_closed_set_is_explained(Type set)
    {
        var list = Codelists.Find(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(set.Name))!;

        Assert.Equal(Enum.GetNames(set).Select(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName), list.Codes.Select(code => code.Value));
        Assert.All(list.Codes.Select(code => code.Name).Append(list.Title), name => Assert.True(
            name.Zh.Any(c => c >= '\u4e00') && name.En.Any(char.IsAsciiLetter), $"{name}"));
    }

    /// <summary>Every closed set of the events is among them, so that none is forgotten.</summary>
    [Fact]
    public void no_closed_set_of_the_events_is_left_out() => Assert.Empty(
        typeof(INoticed).Assembly.GetTypes().Where(t => t is { IsEnum: true, Namespace: "Trading.Events" })
            .Except([.. Sets.Select(row => row.Data), typeof(LegacyNoticeType)]).Select(t => t.Name));

    [Fact]
    public void there_is_no_list_of_what_is_no_set() => Assert.Equal(
        Sets.Select(row => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(row.Data.Name)).Append("class-code").Append("notice-kind").Order(StringComparer.Ordinal),
        Codelists.All.Select(list => list.List));

    [Fact]
    public async Task each_is_read_alone_and_all_together()
    {
        var lists = (await anyone.Get("/v1/codelists")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.Equal(Codelists.All.Count, lists.Count);
        foreach (var list in lists)
            Assert.Equal(list!.ToJsonString(), (await anyone.Get((string)list["links"]!["self"]!)).Expect(HttpStatusCode.OK).Json.ToJsonString());
        (await anyone.Get("/v1/codelists/no-such-list")).Refused(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public void kinds_of_notice_and_class_codes_are_told_too()
    {
        Assert.Equal(Catalogue.All.Count, Codelists.Find("notice-kind")!.Codes.Count);
        Assert.Contains(Codelists.Find("notice-kind")!.Codes, code => code is { Value: "announcement-published", Name.Zh: "招标公告、采购公告、出让公告、挂牌披露、交易公告" });
        Assert.Contains(Codelists.Find("class-code")!.Codes, code => code is { Value: "A98", Name.Zh: "园林绿化" });
        Assert.DoesNotContain(Codelists.Find("class-code")!.Codes, code => code.Value is "A50");
    }
}
