using FastEndpoints;

namespace Trading.Log.Serving;

public sealed class GetKeys(LogKeys keys) : EndpointWithoutRequest<string>
{
    public override void Configure()
    {
        Get("log/keys");
        AllowAnonymous();
        Summary(s =>
        {
            s.Summary = "日志公钥";
            s.Description = "The keys that sign checkpoints, one a line (C2SP signed-note verifier keys).";
        });
    }

    public override Task HandleAsync(CancellationToken ct) =>
        this.AnswerText(string.Concat(keys.Trees.SelectMany(t => t.Signers).Select(s => $"{s.Key}\n")), LogAnswers.Fresh, ct);
}
