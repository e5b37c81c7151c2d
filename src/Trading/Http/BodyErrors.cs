using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FluentValidation.Results;
using Trading.Kernel;

namespace Trading.Http;

/// <summary>What is wrong with a body, in our own words: neither .NET's nor the serializer's text reaches a client.</summary>
public static partial class BodyErrors
{
    private const string QuoteBegins = "['", QuoteEnds = "']";

    private static readonly Dictionary<string, Wording> Words = new()
    {
        ["malformed"] = new("不是有效的JSON。", "Not valid JSON."),
        ["unknown-member"] = new("没有此成员。", "There is no such member."),
        ["duplicate-member"] = new("成员重复。", "The member stands twice."),
        ["required"] = new("缺少必需的成员。", "A required member is missing."),
        ["null"] = new("不能为null。", "It must not be null."),
        ["type"] = new("类型或取值不符合要求。", "Not of the type or among the values expected."),
        ["parameter.form"] = new("参数格式不正确。", "The parameter is ill-formed."),
        ["not-empty"] = new("不能为空。", "It must not be empty."),
        ["not-null"] = new("不能为空。", "It must not be empty."),
        ["too-many"] = new("数量过多。", "There are too many."),
        ["lot-count"] = new("标段数量须为1至500。", "One to 500 lots."),
        ["period-order"] = new("结束时间早于开始时间。", "It ends before it begins."),
        ["text-or-html"] = new("text与html只能给出一个。", "Either text or html."),
        ["web-address"] = new("须为http或https地址。", "An http or https address."),
        ["month"] = new("须为YYYY-MM格式的月份。", "A month as YYYY-MM."),
        ["decimal"] = new("须为至多6位小数的非负数，以字符串表示。", "A number as a string, with up to six decimals."),
        ["maximum-length"] = new("不能超过{MaxLength}个字符。", "At most {MaxLength} characters."),
        ["inclusive-between"] = new("须在{From}至{To}之间。", "From {From} to {To}."),
        ["greater-than"] = new("须大于{ComparisonValue}。", "Greater than {ComparisonValue}."),
        ["greater-than-or-equal"] = new("不能小于{ComparisonValue}。", "At least {ComparisonValue}."),
        ["clock-back"] = new("时间不得早于前一次发布。", "It must not be before the posting before."),
        ["html-depth"] = new("HTML嵌套过深。", "The HTML is nested too deep."),
        ["sha256"] = new("须为64位小写十六进制SHA-256值。", "A SHA-256 in 64 lowercase hexadecimal digits."),
    };

    /// <summary>The serializer's complaint as one failure, its code the reason.</summary>
    public static ValidationFailure Of(JsonException exception)
    {
        if (exception.InnerException is InvalidValueException { Flaw: var flaw })
            return new ValidationFailure(Pointer(exception.Path), flaw.Wording.En) { ErrorCode = flaw.Code, CustomState = flaw.Wording };

        var message = exception.Message;
        var (code, member) =
            IsSyntax(exception) ? ("malformed", null)
            : message.StartsWith("Duplicate property", StringComparison.Ordinal) ? ("duplicate-member", null)
            : message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) ? ("unknown-member", Unknown(message))
            : message.Contains("missing required properties", StringComparison.Ordinal) ? ("required", Quoted().Matches(message[message.IndexOf("including", StringComparison.Ordinal)..]).FirstOrDefault()?.Groups[1].Value)
            : message.Contains("doesn't allow null", StringComparison.Ordinal) || message.Contains("null", StringComparison.Ordinal) ? ("null", null)
            : ("type", (string?)null);
        var pointer = Pointer(exception.Path);
        if (member is not null && !pointer.EndsWith("/" + Escaped(member), StringComparison.Ordinal)) pointer += "/" + Escaped(member);
        return new ValidationFailure(pointer, code) { ErrorCode = code };
    }

    public static ValidationFailure Malformed => new("", "malformed") { ErrorCode = "malformed" };

    public static ValidationFailure NullItem(string pointer) => new(pointer, "null") { ErrorCode = "null" };

    public static Problem Problem(HttpContext http, IReadOnlyList<ValidationFailure> failures)
    {
        var language = http.Language();
        var kind = failures.Any(f => f.ErrorCode is "malformed") ? ProblemKind.Malformed : ProblemKind.Validation;
        return Http.Problem.Of(http, kind) with { Errors = [.. failures.Select(f => Told(f, language))] };
    }

    public static ProblemError Told(ValidationFailure failure, Language language)
    {
        var code = failure.ErrorCode is { Length: > 0 } given ? Kebab(given) : "parameter.form";
        var wording = failure.CustomState as Wording ?? Words.GetValueOrDefault(code) ?? Words["type"];
        var message = (failure.FormattedMessagePlaceholderValues ?? []).Aggregate(
            wording.In(language), (text, value) => text.Replace($"{{{value.Key}}}", Written(value.Value), StringComparison.Ordinal));
        return new ProblemError(failure.PropertyName is ['/', ..] or "" ? failure.PropertyName : FromProperty(failure.PropertyName), code, message);
    }

    private static string Written(object? value) => value switch
    {
        DateTimeOffset time => TimeConverter.Write(time),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>The name, in which quotes stand as they were written.</summary>
    private static string? Unknown(string message) =>
        message.IndexOf('\'') is >= 0 and var begin && message.IndexOf("' could not be mapped", StringComparison.Ordinal) is var end && end > begin ? message[(begin + 1)..end] : null;

    private static bool IsSyntax(JsonException exception) =>
        exception.GetType() != typeof(JsonException)
        || exception.InnerException is not null && exception.InnerException.GetType().Name is "JsonReaderException";

    /// <summary>A pointer (RFC 6901) from the serializer's path, such as <c>$.lots[0]['odd.name']</c>; names stand in it as the client wrote them.</summary>
    private static string Pointer(string? path)
    {
        var pointer = new StringBuilder();
        for (var rest = Steps(path); rest.Length > 0; rest = Steps(rest))
        {
            var quoted = rest.StartsWith(QuoteBegins, StringComparison.Ordinal);
            var name = rest[(quoted ? QuoteBegins.Length : 1)..];
            var end = quoted ? EndOfQuoted(name) : rest[0] is '[' ? name.IndexOf(']') : name.IndexOfAny('.', '[');
            if (end < 0) end = name.Length;
            pointer.Append('/').Append(Escaped(name[..end].ToString()));
            rest = name[end..];
        }

        return pointer.ToString();
    }

    private static ReadOnlySpan<char> Steps(ReadOnlySpan<char> path) => path.IndexOfAny('.', '[') is >= 0 and var start ? path[start..] : [];

    /// <summary>Quotes in a name are not escaped: its end is where another step begins, or nothing.</summary>
    private static int EndOfQuoted(ReadOnlySpan<char> name)
    {
        for (var at = 0; name[at..].IndexOf(QuoteEnds, StringComparison.Ordinal) is >= 0 and var found; at += found + 1)
            if (name[(at + found + QuoteEnds.Length)..] is [] or ['.' or '[', ..]) return at + found;
        return -1;
    }

    private static string Escaped(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string FromProperty(string property) => string.Concat(
        property.Split('.', StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile((segment, i) => i is 0 && segment.Equals("body", StringComparison.OrdinalIgnoreCase))
            .Select(segment => "/" + Index().Replace(JsonNamingPolicy.CamelCase.ConvertName(segment), "/$1")));

    /// <summary>Our code from a validator's, such as <c>maximum-length</c> from <c>MaximumLengthValidator</c>.</summary>
    private static string Kebab(string code) => char.IsUpper(code[0])
        ? JsonNamingPolicy.KebabCaseLower.ConvertName(code.EndsWith("Validator", StringComparison.Ordinal) ? code[..^"Validator".Length] : code)
        : code;

    [GeneratedRegex(@"\[(\d+)\]")]
    private static partial Regex Index();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();
}
