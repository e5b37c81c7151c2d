using System.Buffers;
using System.Globalization;
using System.Text;
using FastEndpoints;
using Trading.Http;
using Trading.Kernel;
using Trading.Log;

namespace Trading.Feeds.Changes;

public sealed class StreamChanges(ChangeFeed feed, PublishedHead head, IHostApplicationLifetime lifetime) : EndpointWithoutRequest<string>
{
    private const string LastEventId = "Last-Event-ID";
    private const int AtOnce = 200;
    private static readonly Wording lastEventIdForm = new("Last-Event-ID须为变更流中的位置。", "Last-Event-ID is a position of the feed.");
    private static readonly TimeSpan breath = TimeSpan.FromSeconds(15);

    public override void Configure()
    {
        Get("v1/changes/stream");
        AllowAnonymous();
        Description(b => b.Produces<string>(StatusCodes.Status200OK, "text/event-stream"));
        Summary(s =>
        {
            s.Summary = "变更流推送";
            s.Description = "The change feed as server-sent events: the id of each is its position, its data the item of the feed. With Last-Event-ID "
                + "it goes on behind that position. What a filter leaves out moves the id on without an event.";
        });
        Options(b => b.WithMetadata(new Streams(), new Parameters([new("after", "The next position wanted, without Last-Event-ID.", typeof(long), Least: 0, Most: Positions.Most, Usual: 0), .. ChangeQuestion.Filters])));
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var (question, errors) = ChangeQuestion.Read(HttpContext, paged: false);
        if (!TryReadLast(out var last)) errors = [.. errors, new ProblemError(LastEventId, "last-event-id.form", lastEventIdForm.In(HttpContext.Language()))];
        if (errors.Count > 0)
        {
            await this.Decline(Problem.Of(HttpContext, ProblemKind.Validation) with { Errors = errors });
            return;
        }

        HttpContext.MarkResponseStart();
        HttpContext.Response.ContentType = "text/event-stream";
        HttpContext.Response.Headers.CacheControl = "no-store";
        HttpContext.Response.Headers["X-Accel-Buffering"] = "no";   // nginx would hold events back
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, lifetime.ApplicationStopping);
        try
        {
            await Tell(last + 1 ?? question.After, question.Filter, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // the reader has gone, or the service goes; the reader comes back with its last id
        }
    }

    private async Task Tell(long position, ChangeFilter filter, CancellationToken ct)
    {
        var answer = HttpContext.Response.BodyWriter;
        answer.Write(":\n\n"u8);
        await answer.FlushAsync(ct);   // the reader knows at once that it is listened to
        if (!HeadRequests.WantsContent(HttpContext)) return;
        while (!ct.IsCancellationRequested)
        {
            await head.Reach(position, breath, ct);
            var until = Math.Min(position + AtOnce, head.Size);
            if (until <= position)
            {
                answer.Write(":\n\n"u8);
            }
            else
            {
                var changes = await feed.Read(position, until, filter, ct);
                var told = position - 1;
                foreach (var change in changes.Items)
                {
                    Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {change.Position}\ndata: "), answer);
                    change.WriteTo(answer);
                    answer.Write("\n\n"u8);
                    if (answer.UnflushedBytes > ChangeFeed.MostUnsent) await answer.FlushAsync(ct);
                    told = change.Position;
                }

                if (told < changes.Next - 1) Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {changes.Next - 1}\n\n"), answer);
                position = changes.Next;
            }

            await answer.FlushAsync(ct);
        }
    }

    /// <returns>False when the reader names what is no position.</returns>
    private bool TryReadLast(out long? last)
    {
        last = null;
        if (HttpContext.Request.Headers[LastEventId] is not [{ Length: > 0 } text]) return true;
        var read = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position < Positions.Most;
        last = position;
        return read;
    }
}
