using System.Text;
using FastEndpoints;
using Npgsql;
using Trading.Http;
using Trading.Store;

namespace Trading.Log;

public sealed class GetEventReceipt(NpgsqlDataSource database, LogKeys keys) : EndpointWithoutRequest<string>
{
    public override void Configure()
    {
        Get("v1/events/{eventId:guid}/receipt");
        AllowAnonymous();
        Description(b => b.Produces<string>(StatusCodes.Status200OK, "text/plain").Produces(StatusCodes.Status202Accepted));
        Summary(s =>
        {
            s.Summary = "事件存证";
            s.Description = "The proof that an event stands in the log (C2SP tlog-proof): its position, the path to the root, the signed "
                + "checkpoint. It can be checked without us. An event that was recorded a moment ago is answered with 202: ask again.";
        });
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var eventId = Route<Guid>("eventId");
        await using var command = database.CreateCommand(
            $"""
            select l.position, c.size, c.note, exists (select from {StoreSetup.EventSchema}.mt_events e where e.id = $1)
            from (values (1)) one
            left join {LogSchema.Name}.leaf l on l.event_id = $1
            left join lateral (select size, note from {LogSchema.Name}.checkpoint where tree = $2 order by size desc limit 1) c on c.size > l.position
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = eventId });
        command.Parameters.Add(new NpgsqlParameter { Value = keys.Main.Hash.Name });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        if (!await reader.IsDBNullAsync(1, ct)) await Answer(await EventProof.Of(database, reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), ct), ct);
        else if (reader.GetBoolean(3)) await Later();
        else await this.Decline(ProblemKind.NotFound);
    }

    private Task Answer(string receipt, CancellationToken ct)
    {
        HttpContext.MarkResponseStart();
        var etag = ETag.OfBytes(Encoding.UTF8.GetBytes(receipt));
        HttpContext.Response.Headers.ETag = etag;
        HttpContext.Response.Headers.CacheControl = "no-cache";
        if (ETag.IsHeld(HttpContext.Request, etag))
        {
            HttpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        HttpContext.Response.ContentType = "text/plain; charset=utf-8";
        return HttpContext.Response.WriteAsync(receipt, ct);
    }

    private Task Later()
    {
        HttpContext.MarkResponseStart();
        HttpContext.Response.StatusCode = StatusCodes.Status202Accepted;
        HttpContext.Response.Headers.RetryAfter = "1";
        return Task.CompletedTask;
    }
}
