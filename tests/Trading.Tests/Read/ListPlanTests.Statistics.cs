using FastEndpoints;
using Microsoft.AspNetCore.Http;
using Trading.Kernel;
using Trading.Read.Statistics;
using Xunit;

namespace Trading.Tests.Read;

/// <summary>Statistics: an index alone, where nothing else is asked about; never the whole table; and no more groups than are told.</summary>
public sealed partial class ListPlanTests
{
    [Theory]
    [InlineData("by=month,region,category")]
    [InlineData("by=year")]
    [InlineData("by=type,centre&region=42&publishedFrom=2025-01-05")]
    [InlineData("by=month&category=land,mineral&type=award-announced&amountFrom=1000")]
    [InlineData("by=month,category&region=42&asOf=2030-01-01T00:00:00Z")]
    public async Task of_notices_an_index_alone_answers(string query) => Alone(await Plan(query, "notices"), "mt_doc_noticerow_idx_counted");

    [Theory]
    [InlineData("by=month,region,category")]
    [InlineData("by=stage,status,centre&region=42&category=land")]
    public async Task of_procedures_an_index_alone_answers(string query) => Alone(await Plan(query, "procedures"), "mt_doc_procedurerow_idx_counted");

    [Theory]
    [InlineData("by=month,region,category&asOf=2030-01-01T00:00:00Z")]
    [InlineData("by=stage,status,centre&region=42&category=land&asOf=2025-09-01T00:00:00Z")]
    public async Task of_the_past_of_procedures_likewise(string query) => Alone(await Plan(query, "procedures"), "mt_doc_procedureversion_idx_counted");

    [Theory]
    [InlineData("by=type,centre&region=4205&publishedFrom=2025-03-01", "notices")]
    [InlineData("by=year&centre=91350100M000100Y43&publishedTo=2025-03-01", "procedures")]
    public async Task what_is_few_is_not_looked_for_in_all(string query, string of)
    {
        var plan = await Plan(query, of);
        Assert.Contains("Index Cond", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("by=month,category&q=轨道交通", "notices")]
    [InlineData("by=region&initiator=initiator-17", "notices")]
    [InlineData("by=month&supplier=supplier-17&amountTo=5000", "procedures")]
    [InlineData("by=month&deadlineFrom=2025-03-01&deadlineTo=2025-03-02", "procedures")]
    public async Task what_the_index_does_not_have_is_looked_up(string query, string of)
    {
        var plan = await Plan(query, of);
        Assert.Contains("_idx_terms", plan, StringComparison.Ordinal);
        Indexed(plan);
    }

    [Fact]
    public async Task ten_thousand_groups_are_told_and_one_more_is_refused()
    {
        var groups = new HashSet<(string, string, string)>();
        var rows = crowd.Notices.Where(row => row.Region.StartsWith("42", StringComparison.Ordinal)).OrderBy(row => row.PublishedAt).TakeWhile(row => groups.Add((row.Type, row.Centre, row.Region[..4])) is var isNew && (!isNew || groups.Count <= Grouping<NoticeStatistics>.MostGroups)).ToList();
        var (last, next) = (rows[^1].PublishedAt, crowd.Notices.Where(row => row.PublishedAt > rows[^1].PublishedAt).Min(row => row.PublishedAt));

        var told = await Statistics(last);
        Assert.Equal(StatusCodes.Status200OK, told.Status);
        Assert.Equal((10_000, rows.Count), (told.Answer["groups"]!.AsArray().Count, (int)told.Answer["total"]!["count"]!));
        var refused = await Statistics(next);
        Assert.Equal((StatusCodes.Status422UnprocessableEntity, "too-many-groups"), (refused.Status, (string?)refused.Answer["code"]));

        async Task<(int Status, System.Text.Json.Nodes.JsonNode Answer)> Statistics(DateTimeOffset until)
        {
            GetNoticeStatistics? asked = null;
            var answer = await crowd.Answer(session => asked = Factory.Create<GetNoticeStatistics>(Asking($"by=type,centre,region&region=42&publishedTo={Uri.EscapeDataString(TimeConverter.Write(until))}"), session, crowd.Positions));
            return (asked!.HttpContext.Response.StatusCode, answer);
        }
    }

    private Task<string> Plan(string query, string of) => of is "notices"
        ? crowd.Plan(session => Factory.Create<GetNoticeStatistics>(Asking(query), session, crowd.Positions), query)
        : crowd.Plan(session => Factory.Create<GetProcedureStatistics>(Asking(query), session, crowd.Positions), query);

    private static void Alone(string plan, string index)
    {
        Assert.Contains("Index Only Scan using " + index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Index Scan", plan, StringComparison.Ordinal);
    }
}
