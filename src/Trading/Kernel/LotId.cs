using System.Text.Json.Serialization;

namespace Trading.Kernel;

/// <summary>标段(包)、宗地、标的: the client's own short key of a lot, unique within its procedure. 1–32 letters, digits, <c>-</c>, <c>_</c> or <c>.</c></summary>
[JsonConverter(typeof(WrittenConverter<LotId>))]
public sealed record LotId : IWritten<LotId>
{
    public static readonly Flaw WrongForm = new(
        "lot-id.form", "标段标识须为1至32位字母、数字、“-”、“_”或“.”。", "A lot id has 1 to 32 letters, digits, '-', '_' or '.'.");

    private readonly string text;

    private LotId(string text) => this.text = text;

    public static LotId Parse(string text) =>
        text.Length is >= 1 and <= 32 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? new LotId(text)
            : throw new InvalidValueException(WrongForm);

    public static LotId Stored(string text) => new(text);

    public override string ToString() => text;
}
