using System.Text.Json.Nodes;

namespace Trading.Http.OpenApi;

/// <summary>
/// The form of members that neither their type nor a validator tells: constructors check some, others are text in a row of a list though
/// they are values elsewhere.
/// </summary>
public static class MemberForms
{
    private const string Ocid = """{ "pattern": "^ocds-[a-z0-9]+-[0-9a-z-]+$" }""";

    private const string Sum = """{ "pattern": "^(0|[1-9][0-9]*)(\\.[0-9]{1,6})?$", "example": "222018750.50" }""";

    private static readonly string TimeOrDate = new JsonObject
    {
        ["format"] = null, ["pattern"] = Parameter.TimeOrDate, ["example"] = "2026-03-02T08:00:00+08:00",
    }.ToJsonString();

    private static readonly string Codes = new JsonObject { ["enum"] = new JsonArray([.. ProblemKind.All.Select(kind => (JsonNode)kind.Code)]) }.ToJsonString();

    private static readonly Dictionary<string, string> All = new()
    {
        ["AmountPrice.currency"] = """{ "pattern": "^[A-Z]{3}$" }""",
        ["AuditedVerdict.severity"] = """{ "enum": [ "E", "W", "I" ] }""",
        ["CheckBody.registration"] = """{ "$ref": "#/components/schemas/ProcedureBody" }""",
        ["GivenPrice.text"] = """{ "minLength": 1, "maxLength": 2000 }""",
        ["Heading.ocid"] = Ocid,
        ["JudgedVerdict.severity"] = """{ "enum": [ "E", "W", "I" ] }""",
        ["LegacyCandidate.name"] = """{ "minLength": 1, "maxLength": 10000 }""",
        ["LegacyCandidate.rank"] = """{ "minimum": 1 }""",
        ["LegacyLine.candidates"] = """{ "minItems": 1, "maxItems": 2000 }""",
        ["LegacyLine.projectName"] = """{ "minLength": 1, "maxLength": 600 }""",
        ["LegacyLine.sourceId"] = """{ "minLength": 1, "maxLength": 200 }""",
        ["LegacyLine.title"] = """{ "minLength": 1, "maxLength": 600 }""",
        ["LegacyVerdicts.severity"] = """{ "enum": [ "E", "W", "I" ] }""",
        ["LegacyWarning.severity"] = """{ "enum": [ "E", "W", "I" ] }""",
        ["NoticeBody.sourceUrl"] = """{ "format": "uri", "maxLength": 2000 }""",
        ["NoticeGroup.amount"] = Sum,
        ["NoticeItem.amount"] = """{ "$ref": "#/components/schemas/Yuan" }""",
        ["NoticeItem.category"] = """{ "$ref": "#/components/schemas/TradeCategory" }""",
        ["NoticeItem.classCode"] = """{ "$ref": "#/components/schemas/ClassCode" }""",
        ["NoticeItem.ocid"] = Ocid,
        ["NoticeItem.regionCode"] = """{ "$ref": "#/components/schemas/RegionCode" }""",
        ["NoticePage.ocid"] = Ocid,
        ["NoticePage.sha256"] = """{ "pattern": "^[0-9a-f]{64}$" }""",
        ["NoticeTotal.amount"] = Sum,
        ["OtherPrice.text"] = """{ "minLength": 1, "maxLength": 2000 }""",
        ["Period.from"] = TimeOrDate,
        ["Period.until"] = TimeOrDate,
        ["Problem.code"] = Codes,
        ["ProcedureGroup.awarded"] = Sum,
        ["ProcedureGroup.estimated"] = Sum,
        ["ProcedureItem.amount"] = """{ "$ref": "#/components/schemas/Yuan" }""",
        ["ProcedureItem.ocid"] = Ocid,
        ["ProcedurePage.ocid"] = Ocid,
        ["ProcedureTotal.awarded"] = Sum,
        ["ProcedureTotal.estimated"] = Sum,
        ["RatePrice.basis"] = """{ "minLength": 1, "maxLength": 100 }""",
        ["Receipt.ocid"] = Ocid,
        ["ReceiptVerdict.severity"] = """{ "enum": [ "E", "W", "I" ] }""",
        ["ReplayedOutcome.severity"] = """{ "enum": [ "E", "W", "I" ] }""",
        ["ReplayedVerdict.severity"] = """{ "enum": [ "E", "W", "I" ] }""",
        ["RuleText.severity"] = """{ "enum": [ "E", "W", "I" ] }""",
        ["UnitPrice.per"] = """{ "minLength": 1, "maxLength": 50 }""",
    };

    /// <summary>What to say of a member's schema; a null takes out what its type says, and a reference stands for all of it.</summary>
    public static JsonObject Of(string type, string member) =>
        All.TryGetValue($"{type}.{member}", out var form) ? JsonNode.Parse(form)!.AsObject() : [];

    public static IEnumerable<string> Names => All.Keys;
}
