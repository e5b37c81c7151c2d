using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Walkthroughs.Cast;

namespace Trading.Tests.Walkthroughs;

/// <summary>Contacts that can be told from everything else are posted wherever a party is named, and looked for everywhere.</summary>
public sealed class PersonalContacts
{
    private static readonly string[] Hosts = ["联系人甲壹", "0717-8880001", "canary-one@example.org", "联系人乙贰", "0717-8880002", "canary-two@example.org"];
    private static readonly string[] Bidders = ["联系人丙叁", "0717-8880003", "canary-three@example.org"];

    private static readonly string
        Initiator = Party("示例市教育局", "11420500011052607X", Hosts[..3]),
        Agent = Party("示例招标代理有限公司", "91420500MA0000090W", Hosts[3..]),
        First = Party("甲示范建设集团有限公司", "91420500MA00000154", Bidders),
        Second = Party("乙示范建筑工程有限公司", "91420500MA0000023Y", Bidders),
        Third = Party("丙示范工程建设有限公司", "91420500MA0000031R", Bidders);

    [Fact]
    public async Task contacts_of_hosts_stand_in_the_announcement_alone_and_those_of_bidders_nowhere()
    {
        await using var service = await Service.Start("contacts");
        var publisher = service.Client("publisher");
        await service.SetClock("2026-03-02T09:00:00+08:00");
        var registered = (await publisher.PostText("/v1/procedures", $$"""
            {
              "category": "engineering", "classCode": "A01", "title": "示例市第一中学教学楼建设项目", "regionCode": "420500", "method": "open",
              "statutory": true, "initiator": {{Initiator}}, "agency": {{Agent}}, "lots": [{"lotId": "1", "title": "施工"}]
            }
            """)).Expect(HttpStatusCode.Created).Json;
        var procedure = (string)registered["links"]!["procedure"]!;
        List<string> notices = [(string)registered["links"]!["notice"]!];
        string? contract = null;

        await Post("2026-03-02", "announcement", """
            {"submission": {"deadline": "2026-03-24T09:00:00+08:00"}, "opening": {"at": "2026-03-24T09:00:00+08:00"} }
            """);
        await Post("2026-03-24", "opening", $$"""
            {"openedAt": "2026-03-24T09:00:00+08:00", "bids": [{{Bid("1", First, "1000")}}, {{Bid("1", Second, "1001")}}, {{Bid("1", Third, "1002")}}]}
            """);
        await Post("2026-03-25", "qualification", $$"""{"results": [{{Qualified("1", First)}}, {{Qualified("1", Second)}}]}""");
        await Post("2026-03-26", "candidates", $$"""
            {
              "lots": [{"lotId": "1", "candidates": [{{Candidate(1, First, "1000")}}], "rejected": [{"bidder": {{Third}}, "reason": "资格审查未通过"}]}],
              "publicity": {"from": "2026-03-26T10:00:00+08:00", "until": "2026-03-29T18:00:00+08:00"}
            }
            """);
        await Post("2026-03-27", "objections", $$"""
            {"by": {{Second}}, "against": "evaluation", "receivedAt": "2026-03-27T09:00:00+08:00", "summary": "异议"}
            """);
        await Post("2026-03-28", $"objections/{await Objection()}/answer", """
            {"answeredAt": "2026-03-28T09:00:00+08:00", "answer": "异议不成立", "upheld": false}
            """);
        await Post("2026-03-30", "awards", $$"""
            {"decidedAt": "2026-03-30T09:00:00+08:00", "results": [{{Awarded("1", First, "1000")}}]}
            """);
        await Post("2026-04-10", "contracts", $$"""
            {"number": "1", "lots": ["1"], "supplier": {{First}}, "value": {{Yuan("1000")}}, "signedOn": "2026-04-10"}
            """);
        Assert.NotNull(contract);

        await Eventually.Get(service.Client(), "/v1/notices?type=contract-published", answer => answer.Json["items"]!.AsArray().Count is 1);
        foreach (var reader in (string?[])[null, "publisher", "reviewer", "supervisor", "operator"])
        {
            foreach (var path in (string[])[procedure, procedure + "/history", "/v1/notices?limit=200", "/v1/procedures", .. notices])
            {
                var answer = await service.Client(reader).Get(path);
                Told(path == notices[1] ? Hosts : [], answer.Body, $"{path} to {reader ?? "anyone"}");
            }
        }

        await ShowsNothingInProblems(publisher, procedure);
        Told([], service.Log, "the log");
        await KeepsNothingInTheClear(service.Database);

        async Task Post(string day, string route, string body)
        {
            await service.SetClock(day + "T10:00:00+08:00");
            var sent = JsonNode.Parse(body)!;
            sent["disclosure"] = JsonNode.Parse($$"""
                {"attribute": "active", "secrecyReview": {"reviewer": "李审查", "reviewedAt": "{{day}}T08:00:00+08:00", "result": "passed"} }
                """);
            var answer = (await publisher.Post($"{procedure}/{route}", sent)).Expect(HttpStatusCode.Created);
            Told([], answer.Body, $"the receipt of {route}");
            notices.Add((string)answer.Json["links"]!["notice"]!);
            contract = (string?)answer.Json["contractId"];
        }

        async Task<string> Objection() =>
            (string)(await publisher.Get(notices[^1])).Json["content"]!["objectionId"]!;
    }

    private static async Task ShowsNothingInProblems(Client publisher, string procedure)
    {
        var tooLong = JsonSerializer.Serialize(Bidders[1] + new string('1', 1000));
        var refused = new[]
        {
            await publisher.PostText("/v1/procedures", $$"""{"initiator": {{Initiator}}, "agency": {{Agent}} }"""),
            await publisher.PostText("/v1/procedures", $$"""{"initiator": {"name": "甲", "contact": "{{Hosts[1]}}"} }"""),
            await publisher.PostText("/v1/procedures", $$"""{"initiator": {"name": "甲", "creditCode": "{{Hosts[1]}}"} }"""),
            await publisher.PostText("/v1/procedures", $$"""{"initiator": {{Initiator}}, "initiator": {{Initiator}} }"""),
            await publisher.PostText($"{procedure}/contracts", $$"""
                {"number": "2", "lots": ["1"], "supplier": {{Second}}, "value": {{Yuan("1000")}}, "signedOn": "2026-04-10"}
                """),
            await publisher.PostText($"{procedure}/objections", $$"""
                {
                  "by": {"name": "乙", "contact": {"phone": {{tooLong}} } }, "against": "evaluation", "receivedAt": "2026-03-27T09:00:00+08:00", "summary": "异议"
                }
                """),
        };
        foreach (var answer in refused)
        {
            Assert.InRange((int)answer.Status, 400, 422);
            Told([], answer.Body, "a problem");
        }
    }

    /// <summary>The whole database is searched: no table holds a contact but the vault, and that encrypted.</summary>
    private static async Task KeepsNothingInTheClear(Database database)
    {
        await using var source = database.OpenAsOwner();
        var tables = await Read(source, "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('events', 'views', 'intake', 'log', 'vault')");
        foreach (var table in (string[])["events.mt_events", "intake.idempotency_keys", "log.leaf", "vault.opening"]) Assert.Contains(table, tables);
        Assert.NotEmpty(await Read(source, "select digest from vault.opening"));
        foreach (var canary in (string[])[.. Hosts, .. Bidders])
            foreach (var table in tables)
                Assert.Empty(await Read(source, $"select '{table}' from {table} row where row::text like '%{canary}%' or row::text like '%{Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(canary))}%' limit 1"));
    }

    private static async Task<List<string>> Read(NpgsqlDataSource source, string query)
    {
        await using var command = source.CreateCommand(query);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> rows = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) rows.Add(reader.GetString(0));
        return rows;
    }

    private static void Told(string[] told, string text, string where)
    {
        foreach (var canary in (string[])[.. Hosts, .. Bidders])
            Assert.True(told.Contains(canary) == text.Contains(canary, StringComparison.Ordinal), $"{where} tells too much or too little of {canary}");
    }

    private static string Party(string name, string creditCode, string[] contact) => $$"""
        {
          "name": "{{name}}", "creditCode": "{{creditCode}}",
          "contact": {"name": "{{contact[0]}}", "phone": "{{contact[1]}}", "email": "{{contact[2]}}"}
        }
        """;
}
