using System.Buffers.Text;
using System.Text.Json;
using Trading.Kernel;

namespace Trading.Events;

/// <summary>公开: a notice that was not public is public from now on, in the very bytes that were committed to when it was recorded.</summary>
/// <param name="Discloses">The notice.</param>
/// <param name="Opening">What opens the commitment at the notice's position in the log: base64url of salt, name and value (RFC 9901).</param>
public sealed record NoticeDisclosed(Notice Notice, Guid Discloses, string Reason, string Opening) : INoticed
{
    /// <summary>What is public now, and at which version of the procedure it was recorded.</summary>
    /// <exception cref="InvalidDataException">The opening opens no notice.</exception>
    public (INoticed Fact, int Version) Disclosed()
    {
        using var opening = JsonDocument.Parse(Base64Url.DecodeFromChars(Opening));
        var content = opening.RootElement[2];
        return Catalogue.Find(content.GetProperty("type").GetString()!) is { } kind && content.GetProperty("data").Deserialize(kind.Type, WireJson.Stored) is INoticed fact
            ? (fact, content.GetProperty("version").GetInt32())
            : throw new InvalidDataException($"What {Notice.NoticeId} discloses is no notice.");
    }
}
