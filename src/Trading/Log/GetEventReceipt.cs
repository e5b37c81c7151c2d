using System.Text;
using FastEndpoints;
using Npgsql;
using Trading.Http;
using Trading.Store;

namespace Trading.Log;

public sealed class GetEventReceipt([FromKeyedServices(Pool.Reads)] NpgsqlDataSource database, LogKeys keys) : EndpointWithoutRequest<string>
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
                + "checkpoint, with the cosignatures of witnesses if there are any. It can be checked without us. An event that was recorded a moment ago is answered with 202: ask again.";
        });
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select (select position from {LogSchema.Name}.leaf where event_id = $1)
            where exists (select from {StoreSetup.EventSchema}.mt_events where id = $1)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = Route<Guid>("eventId") });
        switch (await command.ExecuteScalarAsync(ct))
        {
            case null:
                await this.Decline(ProblemKind.NotFound);
                break;
            case long position when await CosignedCheckpoint.Covering(database, keys.Main, position + 1, ct) is var (size, note):
                await this.Answer(Encoding.UTF8.GetBytes(await EventProof.Of(database, position, size, note, ct)), "text/plain; charset=utf-8", ct);
                break;
            default:
                await Later();
                break;
        }
    }

    private Task Later()
    {
        HttpContext.MarkResponseStart();
        HttpContext.Response.StatusCode = StatusCodes.Status202Accepted;
        HttpContext.Response.Headers.RetryAfter = "1";
        return Task.CompletedTask;
    }
}
