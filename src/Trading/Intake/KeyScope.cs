using Trading.Http;

namespace Trading.Intake;

/// <summary>
/// Whose idempotency keys they are: those of one client of one issuer (claims <c>client_id</c> or <c>azp</c>), or of a subject where its
/// token names no client.
/// </summary>
/// <param name="Current">Under which an answer is kept.</param>
/// <param name="Former">Under which releases that knew a client by its subject alone have kept theirs, which are still found.</param>
public sealed record KeyScope(string Current, string Former)
{
    private const char Between = '\u001f';   // no claim of a token that is taken holds a control character

    public static KeyScope Of(Caller caller) => new(
        string.Join(Between, caller.Issuer, caller.Client is null ? "sub" : "client", caller.Client ?? caller.Subject), caller.Subject);
}
