using System.Text.Json.Nodes;
using FastEndpoints;
using Trading.Http;

namespace Trading.Ocds;

public sealed class GetExtension : EndpointWithoutRequest<JsonObject>
{
    public override void Configure()
    {
        Get("v1/ocds/extensions/{extension}/{file}");
        AllowAnonymous();
        Summary(s =>
        {
            s.Summary = "OCDS扩展";
            s.Description = "One of the extensions of OCDS that this service declares in its packages: extension.json or release-schema.json.";
            s.ResponseExamples[StatusCodes.Status200OK] = JsonNode.Parse(OwnExtensions.Find("complaints/extension.json")!)!.AsObject();
        });
    }

    public override Task HandleAsync(CancellationToken ct) =>
        OwnExtensions.Find($"{Route<string>("extension")}/{Route<string>("file")}") is { } bytes
            ? this.Answer(bytes, "application/json; charset=utf-8", ct)
            : this.Decline(ProblemKind.NotFound);
}
