using FastEndpoints;
using Npgsql;
using Trading.Http;
using Trading.Log.Publishing;

namespace Trading.Log.Serving;

public sealed class GetCheckpoint(NpgsqlDataSource database, LogKeys keys) : EndpointWithoutRequest<string>
{
    public override void Configure()
    {
        Get("log/checkpoint", "log/sm3/checkpoint");
        AllowAnonymous();
        Summary(s =>
        {
            s.Summary = "日志检查点";
            s.Description = "The signed head of the log (C2SP tlog-checkpoint): its size, the root of its Merkle tree, our signature and those of witnesses.";
        });
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        if (HttpContext.TreeOf(keys) is { } tree && await Note(tree, ct) is { } note) await this.AnswerText(note, LogAnswers.Fresh, ct);
        else await this.Decline(ProblemKind.NotFound);
    }

    private async Task<string?> Note(PublishedTree tree, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select c.note || coalesce((select string_agg(s.line || chr(10), '' order by s.witness) from {LogSchema.Name}.cosignature s
                                       where s.tree = c.tree and s.size = c.size), '')
            from {LogSchema.Name}.checkpoint c where c.tree = $1 order by c.size desc limit 1
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = tree.Hash.Name });
        return await command.ExecuteScalarAsync(ct) as string;
    }
}
