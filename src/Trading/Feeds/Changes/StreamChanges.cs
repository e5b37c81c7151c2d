using System.Buffers;
using System.Globalization;
using System.Text;
using FastEndpoints;
using Trading.Http;
using Trading.Log;

namespace Trading.Feeds.Changes;

public sealed class StreamChanges(ChangeFeed feed, PublishedHead head, IHostApplicationLifetime lifetime) : EndpointWithoutRequest<string>
{
    private const int AtOnce = 200;
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
        Options(b => b.WithMetadata(new Parameters([new("after", "The next position wanted, without Last-Event-ID.", typeof(long), Least: 0, Most: Positions.Most, Usual: 0), .. ChangeQuestion.Filters])));
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var (question, errors) = ChangeQuestion.Read(HttpContext, paged: false);
        if (errors.Count > 0 || !TryReadLast(out var last))
        {
            await this.Decline(Problem.Of(HttpContext, ProblemKind.Validation) with { Errors = errors });
            return;
        }

        HttpContext.MarkResponseStart();
        HttpContext.Response.ContentType = "text/event-stream";
        HttpContext.Response.Headers.CacheControl = "no-store";
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
                var told = position - 1;
                await foreach (var change in feed.Read(position, until, filter, ct))
                {
                    Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {change.Position}\ndata: "), answer);
                    change.WriteTo(answer);
                    answer.Write("\n\n"u8);
                    if (answer.UnflushedBytes > ChangeFeed.MostUnsent) await answer.FlushAsync(ct);
                    told = change.Position;
                }

                if (told < until - 1) Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {until - 1}\n\n"), answer);
                position = until;
            }

            await answer.FlushAsync(ct);
        }
    }

    /// <returns>False when the reader names what is no position.</returns>
    private bool TryReadLast(out long? last)
    {
        last = null;
        if (HttpContext.Request.Headers["Last-Event-ID"] is not [{ Length: > 0 } text]) return true;
        var read = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position < Positions.Most;
        last = position;
        return read;
    }
}
