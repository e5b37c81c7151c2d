using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FastEndpoints;
using Trading.Http;
using Trading.Log;

namespace Trading.Feeds.Changes;

/// <summary>A page of the change feed.</summary>
/// <param name="From">The position that was asked for.</param>
/// <param name="Items">In the order of their positions; without a filter dense from <paramref name="From"/> on.</param>
/// <param name="Next">Behind the last position that was looked at, matching or not: what to ask for next.</param>
/// <param name="Head">A published checkpoint that covers the page.</param>
public sealed record ChangePage(long From, IReadOnlyList<JsonObject> Items, long Next, ChangeHead Head);

/// <param name="Size">Of the log.</param>
/// <param name="Root">Of its Merkle tree, in base64.</param>
public sealed record ChangeHead(long Size, string Root);

public sealed class GetChanges(ChangeFeed feed, PublishedHead head) : EndpointWithoutRequest<ChangePage>
{
    private const string Immutable = "public, max-age=31536000, immutable";

    public override void Configure()
    {
        Get("v1/changes");
        AllowAnonymous();
        Summary(s =>
        {
            s.Summary = "变更流";
            s.Description = "Every recorded event in the order of its position in the log, dense from 0: whoever goes on from next skips nothing. "
                + "Without position and leafHash, an item as canonical JSON (RFC 8785) is the leaf whose hash stands in the log; where it has a noticeDigest, without notice too. "
                + "What is not public keeps its position as a commitment. A page that is full never changes; it is full with limit positions or a mebibyte of items, whichever comes first.";
            s.ResponseExamples[StatusCodes.Status200OK] = Example;
        });
        Options(b => b.WithMetadata(new Parameters(
        [
            new("after", "The next position wanted.", typeof(long), Least: 0, Most: Positions.Most, Usual: 0),
            new("limit", "Positions to look at.", typeof(int), Least: 1, Most: ChangeQuestion.MostItems, Usual: ChangeQuestion.UsualItems),
            new("wait", "Seconds to wait until there is something.", typeof(int), Least: 0, Most: ChangeQuestion.MostSeconds, Usual: 0),
            .. ChangeQuestion.Filters,
        ])));
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var (question, errors) = ChangeQuestion.Read(HttpContext, paged: true);
        if (errors.Count > 0)
        {
            await this.Decline(Problem.Of(HttpContext, ProblemKind.Validation) with { Errors = errors });
            return;
        }

        if (question.Wait > TimeSpan.Zero) await head.Reach(question.After, question.Wait, ct);
        var most = question.After + question.Limit;
        var until = Math.Max(question.After, Math.Min(most, head.Size));
        var changes = await feed.Read(question.After, until, question.Filter, ct);
        var full = until == most || changes.Next < until;
        // a node that has only just started, or that looks a moment later than another, knows less of the log than the reader
        if ((await feed.HeadCovering(full ? changes.Next : Math.Max(changes.Next, head.Size), ct) ?? await feed.HeadCovering(head.Size, ct)) is not (var size, { } root))
        {
            HttpContext.Response.Headers.RetryAfter = "1";
            await this.Decline(ProblemKind.Unavailable);
            return;
        }

        await Answer(question.After, changes, full, size, root, ct);
    }

    private async Task Answer(long after, Changes changes, bool full, long size, string root, CancellationToken ct)
    {
        HttpContext.MarkResponseStart();
        var response = HttpContext.Response;
        if (full) response.Headers.CacheControl = Immutable;
        if (HttpContext.Holds(string.Create(CultureInfo.InvariantCulture, $"\"{after}-{changes.Next}-{size}\""))) return;
        response.ContentType = "application/json; charset=utf-8";
        var answer = response.BodyWriter;
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"from\":{after},\"items\":["), answer);
        var first = true;
        foreach (var change in changes.Items)
        {
            if (!first) answer.Write(","u8);
            first = false;
            change.WriteTo(answer);
            if (answer.UnflushedBytes > ChangeFeed.MostUnsent) await answer.FlushAsync(ct);
        }

        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"],\"next\":{changes.Next},\"head\":{{\"size\":{size},\"root\":\"{root}\"}}}}"), answer);
        await answer.FlushAsync(ct);
    }

    private static ChangePage Example => new(
        7,
        [
            new JsonObject
            {
                ["position"] = 7, ["leafHash"] = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", ["schema"] = 1, ["class"] = "public",
                ["eventId"] = "019c0a5e-7a10-7000-8000-000000000002", ["recordedAt"] = "2026-03-02T00:00:00.123456Z",
                ["metadata"] = "w5UT7sYbpRSTNf4ONYiGuJ9Vxg3y0S7hNeYH0cO9g3s", ["type"] = "announcement-published",
                ["procedureId"] = "019c0a5e-7a10-7000-8000-000000000001", ["version"] = 2, ["ocid"] = "ocds-000000-019c0a5e-7a10-7000-8000-000000000001",
                ["notice"] = new JsonObject { ["notice"] = new JsonObject { ["title"] = "示例市第一中学教学楼建设项目招标公告" } },
            },
        ],
        8, new ChangeHead(8, "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="));
}
