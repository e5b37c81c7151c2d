using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Trading.Intake.Rehearsing;

/// <summary>Ids that postings of a check name before they exist, such as <c>{0/contractId}</c>.</summary>
public static partial class Ids
{
    /// <summary>With the ids of what was rehearsed so far; a name of what is not there stays as it is.</summary>
    public static string In(string text, IReadOnlyList<RehearsedAnswer> rehearsed) => Name().Replace(text, name =>
        int.Parse(name.Groups["index"].Value, CultureInfo.InvariantCulture) is var index && index < rehearsed.Count
            && Id(rehearsed[index], name.Groups["id"].Value) is { } id ? id.ToString() : name.Value);

    public static JsonElement In(JsonElement body, IReadOnlyList<RehearsedAnswer> rehearsed) =>
        body.GetRawText() is var text && Name().IsMatch(text) ? JsonElement.Parse(In(text, rehearsed)) : body;

    private static Guid? Id(RehearsedAnswer answer, string name) => name switch
    {
        "noticeId" => answer.NoticeId,
        "contractId" => answer.ContractId,
        _ => answer.ObjectionId,
    };

    [GeneratedRegex(@"\{(?<index>[0-9]{1,2})/(?<id>noticeId|contractId|objectionId)\}")]
    private static partial Regex Name();
}
