using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Trading.Kernel;

/// <summary>
/// 投资项目统一代码, C24: year or month, region or ministry, industry, kind of project, serial, joined by hyphens;
/// <c>2019-430300-47-01-012345</c>.
/// </summary>
[JsonConverter(typeof(WrittenConverter<InvestmentProjectCode>))]
public sealed partial record InvestmentProjectCode : IWritten<InvestmentProjectCode>
{
    public static readonly Flaw WrongForm = new(
        "investment-project-code.form", "投资项目统一代码形如“2019-430300-47-01-012345”。",
        "An investment project code looks like '2019-430300-47-01-012345'.");

    public static readonly Flaw UnknownRegion = new(
        "investment-project-code.region", "投资项目统一代码中的地区代码不存在。", "The investment project code names no known region.");

    private readonly string text;

    private InvestmentProjectCode(string text) => this.text = text;

    /// <summary>The region that registered the project; null where a ministry did, whose block begins with <c>00</c>.</summary>
    public RegionCode? Region => Regions.Find(text[5..11]);

    public static InvestmentProjectCode Parse(string text)
    {
        if (!Form.IsMatch(text)) throw new InvalidValueException(WrongForm);
        var code = new InvestmentProjectCode(text);
        return code.Region is not null || text[5..7] is "00" ? code : throw new InvalidValueException(UnknownRegion);
    }

    public static InvestmentProjectCode Stored(string text) => new(text);

    public override string ToString() => text;

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}\z")]
    private static partial Regex Form { get; }
}
