using System.Text.Json.Nodes;

namespace Trading.Http.OpenApi;

/// <summary>The operations by the folder they live in: a stage of the law, or one of the service's other sides.</summary>
public static class Tags
{
    private static readonly (string Name, string Description)[] All =
    [
        ("Planning", "计划与登记。 What is going to be traded, and when."),
        ("Announcing", "公告。 Lots are put out: prequalification, announcement, sole source."),
        ("Changing", "变更。 Clarifications, corrections, extensions, suspension."),
        ("Qualifying", "资格审查。 Who may bid."),
        ("Opening", "开标。 What was bid."),
        ("Evaluating", "评标。 Candidates and their publicity."),
        ("Awarding", "定标、成交。 What became of each lot."),
        ("Contracting", "合同。 Contracts, their amendments and their end."),
        ("Performing", "履约。 Progress, payment, acceptance."),
        ("Ending", "终止与撤销。 Procedures that end, notices that are withdrawn."),
        ("Objections", "异议、质疑。 Raised and answered."),
        ("Alerts", "预警。 Times the law sets, and their lights."),
        ("Disclosing", "公开。 What was not public and is from now on."),
        ("Erasure", "个人信息删除。 What has no ground any more goes."),
        ("Mending", "数据缺陷说明。 Events that cannot be shown, and what is wrong with them."),
        ("Auditing", "审计。 The whole history of a procedure, nothing held back."),
        ("Replaying", "重演。 A history judged again by other rules."),
        ("Evidence", "存证。 What a supervisor takes along to check a procedure without us."),
        ("Intake", "历史数据。 What former systems published, taken over."),
        ("Rehearsing", "预检。 Postings tried out before there is a procedure to post to."),
        ("Read", "查询。 Procedures, notices and their history."),
        ("Statistics", "统计。 How many procedures or notices there are, and how much money they state, by several dimensions."),
        ("Parties", "主体。 Everything public about one party."),
        ("Rules", "规则。 The rules of time law the service goes by, with their articles."),
        ("Codes", "代码。 Code lists and regions."),
        ("Changes", "变更流。 Every event in its order, none skipped."),
        ("Ocds", "开放合同数据标准。 The same events as releases and records of OCDS 1.1."),
        ("Log", "存证日志。 The verifiable log over the history: C2SP tlog-tiles."),
        ("Webhooks", "推送。 Public notices, sent to subscribers."),
        ("Operation", "运行。 For those who run the service."),
        ("Sandbox", "沙箱。 Only where the service was started for trials."),
    ];

    public static string NameOf(Type endpoint) => endpoint.Namespace!.Split('.')[^1];

    /// <summary>The tags the document uses, in the order of the law.</summary>
    public static JsonArray Of(JsonObject document)
    {
        var used = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject())
            .SelectMany(operation => operation.Value!["tags"]!.AsArray()).Select(tag => (string)tag!).ToHashSet();
        if (used.Except(All.Select(tag => tag.Name)).ToList() is { Count: > 0 } unknown)
            throw new InvalidOperationException($"No word for these tags in {nameof(Tags)}: {string.Join(", ", unknown)}.");
        return [.. All.Where(tag => used.Contains(tag.Name)).Select(tag => new JsonObject { ["name"] = tag.Name, ["description"] = tag.Description })];
    }
}
