namespace Trading.Tests.Http.Refusals;

/// <summary>Every address of the service, each with a body that is accepted where it stands; a case spoils one thing of it.</summary>
internal static class Routes
{
    private const string Reviewed =
        """
        "disclosure":{"attribute":"active","secrecyReview":{"reviewer":"李审查","reviewedAt":"2026-03-01T09:00:00+08:00","result":"passed"}}
        """;

    private const string Supplier = """{"name":"示例第一建设有限公司","creditCode":"91420500MA4AAAA17B"}""";

    public static readonly Route Register = Write("v1/procedures", Scene.Nowhere, Engineering("001", "002"));

    public static readonly Route Plan = Step("plan", Scene.Registered, """{"expectedMonth":"2026-07","summary":"教学楼施工总承包"}""");

    public static readonly Route Prequalification = Step(
        "prequalification", Scene.Registered, """{"lots":["001"],"submission":{"deadline":"2026-07-01T09:00:00+08:00"}}""");

    public static readonly Route Announcement = Step(
        "announcement", Scene.Registered,
        """
        {"lots":["001"],"documents":{"availableFrom":"2026-06-01T09:00:00+08:00","availableUntil":"2026-06-20T17:00:00+08:00","method":"在交易系统下载","price":"0"},
         "submission":{"deadline":"2026-07-01T09:00:00+08:00"},"opening":{"at":"2026-07-01T09:00:00+08:00","place":"第一开标室"},
         "qualification":"建筑工程施工总承包二级及以上","consortiumAllowed":false,"ceilingPrice":{"form":"amount","amount":"18500000.00"}}
        """);

    public static readonly Route SoleSource = Step(
        "sole-source", Scene.SoleSource,
        $$"""
        {"supplier":{{Supplier}},
         "grounds":"须与原有系统配套","opinions":["建议采用单一来源方式采购。"],"publicity":{"from":"2026-06-01","until":"2026-06-09"} }
        """);

    public static readonly Route Clarification = Step(
        "clarifications", Scene.Announced, """{"content":"工程量清单第12项数量更正。","affectsBidPreparation":false,"lots":["001"]}""");

    public static readonly Route Correction = Step(
        "corrections", Scene.Announced, """{"corrects":"{noticeId}","subject":"notice","changes":[{"item":"开标地点","before":"第一开标室","after":"第二开标室"}]}""");

    public static readonly Route Extension = Step(
        "extensions", Scene.Announced, """{"submission":{"deadline":"2026-07-08T09:00:00+08:00"},"reason":"部分图纸补充发布"}""");

    public static readonly Route Suspension = Step("suspension", Scene.Announced, """{"reason":"异议核查期间暂停","orderedBy":"示例市住房和城乡建设局"}""");

    public static readonly Route Resumption = Step("resumption", Scene.Suspended, """{"reason":"核查完毕"}""");

    public static readonly Route Qualification = Step(
        "qualification", Scene.Announced, $$"""{"results":[{"lotId":"001","bidder":{{Supplier}},"result":"qualified"}]}""");

    public static readonly Route Opening = Step(
        "opening", Scene.Due,
        """
        {"openedAt":"2026-03-23T09:30:00+08:00","place":"第一开标室","bids":[
         {"lotId":"001","bidder":{"name":"示例第一建设有限公司","creditCode":"91420500MA4AAAA17B"},"price":{"form":"amount","amount":"18120535.85"},"durationDays":360,"projectLeader":{"name":"王工","certificate":"示例-0001"}},
         {"lotId":"001","bidder":{"name":"示例第二建设有限公司","creditCode":"91420500MA4AAAA256"},"price":{"form":"amount","amount":"18220535.85"}},
         {"lotId":"001","bidder":{"name":"示例第三建设有限公司","creditCode":"91420500MA4AAAA331"},"price":{"form":"rate","percent":"20.50","basis":"下浮率"}}]}
        """);

    public static readonly Route Candidates = Step(
        "candidates", Scene.Opened,
        """
        {"lots":[{"lotId":"001","candidates":[
         {"rank":1,"bidder":{"name":"示例第一建设有限公司","creditCode":"91420500MA4AAAA17B"},"price":{"form":"amount","amount":"18120535.85"},"durationDays":360},
         {"rank":2,"bidder":{"name":"示例第二建设有限公司","creditCode":"91420500MA4AAAA256"},"price":{"form":"amount","amount":"18220535.85"}}],
         "rejected":[{"bidder":{"name":"示例第三建设有限公司","creditCode":"91420500MA4AAAA331"},"reason":"资格不符"}]}],
         "publicity":{"from":"2026-06-01T09:00:00+08:00","until":"2026-06-05T18:00:00+08:00"},"objectionChannel":"向招标人书面提出"}
        """);

    public static readonly Route Awards = Step(
        "awards", Scene.Evaluated,
        $$"""
        {"decidedAt":"2026-03-30T10:00:00+08:00","results":[
         {"lotId":"001","outcome":"awarded","supplier":{{Supplier}},"price":{"form":"amount","amount":"18120535.85"} }]}
        """);

    public static readonly Route AwardCancellation = Step("award-cancellations", Scene.Awarded, """{"lotId":"001","reason":"中标人放弃中标"}""");

    public static readonly Route Contracts = Step(
        "contracts", Scene.Awarded,
        $$"""
        {"number":"示例-2026-001","lots":["001"],"supplier":{{Supplier}},
         "value":{"form":"amount","amount":"18120535.85","currency":"CNY"},"signedOn":"2026-04-10","period":{"from":"2026-04-15","until":"2027-04-09"},"subject":"教学楼施工总承包"}
        """);

    public static readonly Route Amendment = Step(
        "contracts/{contractId}/amendments", Scene.Contracted,
        """{"reasonCode":"design-change","reason":"设计变更","changes":[{"field":"value","before":"18120535.85","after":"18520535.85"}],"signedOn":"2026-05-20"}""");

    public static readonly Route Performance = Step(
        "contracts/{contractId}/performance", Scene.Contracted,
        """{"kind":"payment","occurredOn":"2026-05-21","description":"支付第一期工程款","amount":{"form":"amount","amount":"3600000.00"}}""");

    public static readonly Route Acceptance = Step(
        "contracts/{contractId}/acceptance", Scene.Contracted, """{"acceptedOn":"2026-05-30","result":"accepted","opinion":"验收合格"}""");

    public static readonly Route ContractTermination = Step(
        "contracts/{contractId}/termination", Scene.Contracted, """{"reason":"双方协商解除","terminatedOn":"2026-05-30"}""");

    public static readonly Route Termination = Step(
        "termination", Scene.Announced, """{"kind":"failed","reason":"投标人少于三个","decidedAt":"2026-05-31T09:30:00+08:00","lots":["001"]}""");

    public static readonly Route Withdrawal = Step("notices/{noticeId}/withdrawal", Scene.Announced, """{"reason":"公告内容有误"}""");

    public static readonly Route Objections = Step(
        "objections", Scene.Announced,
        $$"""{"by":{{Supplier}},"against":"documents","receivedAt":"2026-05-30T10:00:00+08:00","summary":"对招标文件提出异议"}""");

    public static readonly Route ObjectionAnswer = Step(
        "objections/{objectionId}/answer", Scene.Objected, """{"answeredAt":"2026-05-31T16:00:00+08:00","answer":"经核实，不成立。","upheld":false}""");

    public static readonly Route Erasure = Step("notices/{noticeId}/erasure", Scene.Announced, """{"ground":"period-ended","reason":"保存期限已届满"}""");

    public static readonly Route Disclosure = Step("notices/{noticeId}/disclosure", Scene.Hidden, """{"reason":"保密期限届满"}""");

    public static readonly Route Defect = Step("notices/{noticeId}/defect", Scene.Defective, """{"explanation":"合同签订日期录入有误，应为2026-04-10。"}""") with { Role = "operator" };

    public static readonly Route Closure = Step("closure", Scene.Contracted, """{"reason":"全部标段已签订合同"}""");

    public static readonly Route Legacy = new(
        "POST", "v1/legacy-notices", Scene.Nowhere,
        """{"sourceId":"refusals-1","regionCode":"420500","category":"engineering","noticeType":"candidates-publicised","title":"旧公告","publishedOn":"2023-04-03","projectName":"旧项目","candidates":[{"rank":1,"name":"甲公司","priceText":"120万元"}]}""")
    { ContentType = "application/x-ndjson" };

    public static readonly Route Replay = new(
        "POST", "v1/supervision/procedures/{procedureId}/replay", Scene.Announced,
        """
        {"packs":[{"id":"yichang","version":"2026.1","title":{"zh":"宜昌市时限","en":"Time limits of Yichang"},"anchors":{"visited-at":{"zh":"踏勘","en":"visit"}},
         "rules":[{"id":"R-T-03","categories":["engineering"],"stage":"announcing","computation":"minimum","from":"documents-from","to":"submission-deadline","value":45,
         "unit":"calendar-day","jurisdiction":"4205","severity":"E","provenance":"unchecked","citation":"示例市条例 第一条","explanation":{"zh":"不得少于45日。","en":"At least 45 days."}}]}],
         "calendars":["year,off,on,unknown\n2027,01-01..01-03,01-10,\n"]}
        """) { Role = "supervisor" };

    public static readonly Route Check = new(
        "POST", "v1/rules/check", Scene.Nowhere,
        $$"""{"registration":{{Engineering("001")}},"postings":[{"to":"announcement","body":{{Announcement.Body}}},{"to":"termination","body":{{Termination.Body}},"at":"2026-06-02T09:00:00+08:00"}]}""") { Role = null };

    public static readonly Route FindProcedures = Read("v1/procedures");
    public static readonly Route FindNotices = Read("v1/notices");
    public static readonly Route GetProcedureStatistics = Read("v1/statistics/procedures") with { Query = "?by=month" };
    public static readonly Route GetNoticeStatistics = Read("v1/statistics/notices") with { Query = "?by=month" };
    public static readonly Route GetParty = Read("v1/parties/{creditCode}", Scene.Announced);
    public static readonly Route GetProcedure = Read("v1/procedures/{procedureId}", Scene.Announced);
    public static readonly Route GetHistory = Read("v1/procedures/{procedureId}/history", Scene.Announced);
    public static readonly Route GetNotice = Read("v1/notices/{noticeId}", Scene.Announced);
    public static readonly Route GetEvidence = Read("v1/supervision/procedures/{procedureId}/evidence", Scene.Announced);
    public static readonly Route GetAudit = Read("v1/supervision/procedures/{procedureId}/audit", Scene.Announced);
    public static readonly Route FindAlerts = Read("v1/supervision/alerts");
    public static readonly Route GetChanges = Read("v1/changes");
    public static readonly Route GetEventReceipt = Read("v1/events/{eventId}/receipt", Scene.Announced);
    public static readonly Route FindReleases = Read("v1/ocds/releases");
    public static readonly Route GetRelease = Read("v1/ocds/releases/{releaseId}", Scene.Announced);
    public static readonly Route FindRecords = Read("v1/ocds/records");
    public static readonly Route GetRecord = Read("v1/ocds/records/{ocid}", Scene.Announced);
    public static readonly Route GetExtension = Read("v1/ocds/extensions/{extension}/{file}");
    public static readonly Route GetExtensionCodelist = Read("v1/ocds/extensions/{extension}/codelists/{codelist}");
    public static readonly Route FindRules = Read("v1/rules");
    public static readonly Route GetRule = Read("v1/rules/{ruleId}");
    public static readonly Route FindCodelists = Read("v1/codelists");
    public static readonly Route GetCodelist = Read("v1/codelists/{list}");
    public static readonly Route FindRegions = Read("v1/regions");
    public static readonly Route Checkpoint = Read("log/checkpoint");
    public static readonly Route LogKeys = Read("log/keys");

    /// <summary>Never ends, so that nobody can wait for its answer.</summary>
    public static readonly Route StreamChanges = Read("v1/changes/stream");

    /// <summary>Only where the second tree is switched on.</summary>
    public static readonly Route Sm3Checkpoint = Read("log/sm3/checkpoint");

    public static readonly Route Live = Read("health/live");
    public static readonly Route Ready = Read("health/ready");
    public static readonly Route Reading = Read("health/reading");
    public static readonly Route OpenApi = Read("openapi/v1.json");

    /// <summary>Where FastEndpoints would list every address; it is closed.</summary>
    public static readonly Route Hidden = Read("_test_url_cache_");

    /// <summary>Those that post to an existing procedure.</summary>
    public static readonly IReadOnlyList<Route> Steps =
    [
        Plan, Prequalification, Announcement, SoleSource, Clarification, Correction, Extension, Suspension, Resumption, Qualification,
        Opening, Candidates, Awards, AwardCancellation, Contracts, Amendment, Performance, Acceptance, ContractTermination, Termination,
        Withdrawal, Objections, ObjectionAnswer, Closure, Erasure, Disclosure,
    ];

    /// <summary>Those that operators alone post to.</summary>
    public static readonly IReadOnlyList<Route> ForOperators = [Defect];

    /// <summary>Those that take a posting.</summary>
    public static readonly IReadOnlyList<Route> Postings = [Register, .. Steps];

    public static readonly IReadOnlyList<Route> Writes = [.. Postings, Legacy];

    /// <summary>Those that take a body and record nothing.</summary>
    public static readonly IReadOnlyList<Route> Questions = [Replay, Check];

    public static readonly IReadOnlyList<Route> Lists = [FindProcedures, FindNotices];

    public static readonly IReadOnlyList<Route> Statistics = [GetProcedureStatistics, GetNoticeStatistics];

    public static readonly IReadOnlyList<Route> ForSupervisors = [GetEvidence, GetAudit, FindAlerts];

    public static readonly IReadOnlyList<Route> Reads = [.. Lists, .. Statistics, GetParty, GetProcedure, GetHistory, GetNotice, .. ForSupervisors, GetChanges, GetEventReceipt, FindReleases, GetRelease, FindRecords, GetRecord, GetExtension, GetExtensionCodelist, FindRules, GetRule, FindCodelists, GetCodelist, FindRegions, Checkpoint, LogKeys, Live, Ready, Reading, OpenApi];

    public static readonly IReadOnlyList<Route> All = [.. Writes, .. ForOperators, .. Questions, .. Reads, StreamChanges, Sm3Checkpoint, Hidden];

    public static string Engineering(params string[] lots) =>
        """
        {"title":"示例市第一中学教学楼建设项目","category":"engineering","classCode":"A01","regionCode":"420500","method":"open","statutory":true,
         "initiator":{"name":"示例市教育局","creditCode":"11420500011052607X","address":"示例市建设路1号","contact":{"name":"张工","phone":"0717-0000000"}},
         "investmentProjectCode":"2025-420500-47-01-012345","lots":[
        """ + string.Join(',', lots.Select(lot => $$"""{"lotId":"{{lot}}","title":"第{{lot}}标段","estimate":{"form":"amount","amount":"18500000.00"},"durationDays":365}""")) + "]}";

    private static Route Step(string route, string at, string body) =>
        Write("v1/procedures/{procedureId}/" + route, at, body.TrimEnd()[..^1] + "," + Reviewed + "}");

    private static Route Write(string template, string at, string body) => new("POST", template, at, body);

    private static Route Read(string template, string at = Scene.Nowhere) => new("GET", template, at);
}
