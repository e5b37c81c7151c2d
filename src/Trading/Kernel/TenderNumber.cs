using System.Text.Json.Serialization;

namespace Trading.Kernel;

/// <summary>
/// 招标编号 of electronic tendering (电子招标投标系统技术规范 第1部分 附录B.3): each level carries the number of the one above and
/// three characters of its own. Numbers of procurement and land are free text and none of these.
/// </summary>
[JsonConverter(typeof(WrittenConverter<TenderNumber>))]
public sealed record TenderNumber : IWritten<TenderNumber>
{
    public static readonly Flaw WrongForm = new(
        "tender-number.form", "招标编号须为17、20、23或26位数字或字母。", "A tender number has 17, 20, 23 or 26 letters or digits.");

    private readonly string text;

    private TenderNumber(string text) => this.text = text;

    public TenderNumberKind Kind => (TenderNumberKind)text.Length;

    public static TenderNumber Parse(string text) =>
        Enum.IsDefined((TenderNumberKind)text.Length) && text.All(char.IsAsciiLetterOrDigit)
            ? new TenderNumber(text)
            : throw new InvalidValueException(WrongForm);

    /// <summary>Whether this is a number of the level directly below <paramref name="parent"/>.</summary>
    public bool Continues(TenderNumber parent) =>
        text.Length == parent.text.Length + 3 && text.StartsWith(parent.text, StringComparison.Ordinal);

    public static TenderNumber Stored(string text) => new(text);

    public override string ToString() => text;
}

/// <summary>项目, 招标项目, 标段(包), 文件: each the length of its number.</summary>
public enum TenderNumberKind { Project = 17, TenderProject = 20, Section = 23, Document = 26 }
