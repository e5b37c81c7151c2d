using System.ComponentModel.DataAnnotations;
using System.Text;
using Trading.Log.Witnessing;

namespace Trading.Ops;

/// <summary>见证: the same program as a witness of logs (C2SP tlog-witness), without a database.</summary>
public static class WitnessMode
{
    private const string Text = "text/plain; charset=utf-8";

    /// <summary>Of an answer that is the size of a tree (C2SP tlog-witness).</summary>
    private const string SizeText = "text/x.tlog.size";

    public static WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder(Composition.Options([]));
        var settings = WitnessSettings.Read(builder.Configuration.GetSection("Witness"));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Bound(new Limits(), []);
            kestrel.Limits.MaxRequestBodySize = AddCheckpoint.MostBytes;
        });
        builder.AddTelemetry();
        builder.Services.AddSingleton(_ => new Witness(settings.Signer, settings.Logs, settings.Directory, TimeProvider.System));

        var app = builder.Build();
        var witness = Open(app.Services);
        app.MapPost("/add-checkpoint", http => Add(witness, http));
        app.MapGet("/health/live", http => Answer(http, StatusCodes.Status200OK, "healthy\n"));
        app.MapGet("/", http => Answer(http, StatusCodes.Status200OK, $"{witness.Key.Name}\n{witness.Key}\n"));
        return app;
    }

    /// <summary>Before anybody asks, for two may not share a directory.</summary>
    private static Witness Open(IServiceProvider services)
    {
        try
        {
            return services.GetRequiredService<Witness>();
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            throw new ValidationException($"Witness:Directory cannot be used: {unusable.Message}");
        }
    }

    private static async Task Add(Witness witness, HttpContext http)
    {
        if (await Read(http.Request, http.RequestAborted) is not { } body)
        {
            await Answer(http, StatusCodes.Status413PayloadTooLarge, $"more than {AddCheckpoint.MostBytes} bytes\n");
            return;
        }

        var reply = AddCheckpoint.TryParse(Encoding.UTF8.GetString(body), out var request)
            ? await witness.Add(request, http.RequestAborted)
            : new WitnessReply.Refused(StatusCodes.Status400BadRequest, "not a size, a proof and a checkpoint");
        await (reply switch
        {
            WitnessReply.Cosigned cosigned => Answer(http, StatusCodes.Status200OK, $"{cosigned.Signature}\n"),
            WitnessReply.Conflict conflict => Answer(http, StatusCodes.Status409Conflict, $"{conflict.Size}\n", SizeText),
            WitnessReply.Refused refused => Answer(http, refused.Status, $"{refused.Why}\n"),
            _ => throw new InvalidOperationException($"{reply} has no status."),
        });
    }

    /// <returns>Null when it is too long.</returns>
    private static async Task<byte[]?> Read(HttpRequest request, CancellationToken ct)
    {
        try
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, ct);
            return body.ToArray();
        }
        catch (BadHttpRequestException wrong) when (wrong.StatusCode is StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    private static Task Answer(HttpContext http, int status, string text, string mediaType = Text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = mediaType;
        return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), http.RequestAborted).AsTask();
    }
}
