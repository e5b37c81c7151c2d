using Trading.Kernel;

namespace Trading.Http;

/// <summary>Every way in which the service declines. The codes are part of the contract.</summary>
public sealed record ProblemKind(string Code, int Status, Wording Title)
{
    public static readonly ProblemKind Malformed = new("malformed", 400, "请求正文不是有效的JSON", "The body is not valid JSON");
    public static readonly ProblemKind Validation = new("validation", 400, "请求内容不符合要求", "The request is not as it should be");
    public static readonly ProblemKind IdempotencyKeyMissing = new(
        "idempotency-key-missing", 400, "缺少Idempotency-Key请求头，或其格式不正确", "The Idempotency-Key header is missing or ill-formed");
    public static readonly ProblemKind Unauthenticated = new("unauthenticated", 401, "需要有效的访问令牌", "A valid access token is needed");
    public static readonly ProblemKind Forbidden = new("forbidden", 403, "无权执行此操作", "This is not yours to do");
    public static readonly ProblemKind NotFound = new("not-found", 404, "不存在", "There is no such thing");
    public static readonly ProblemKind MethodNotAllowed = new("method-not-allowed", 405, "不支持该请求方法", "The method is not allowed here");
    public static readonly ProblemKind NotAcceptable = new("not-acceptable", 406, "无法以所要求的形式回答", "No acceptable form");
    public static readonly ProblemKind WrongStage = new("wrong-stage", 409, "项目当前阶段不允许此操作", "The procedure is not in the stage for this");
    public static readonly ProblemKind InFlight = new("in-flight", 409, "使用同一幂等键的请求正在处理", "A request with this key is being worked on");
    public static readonly ProblemKind StaleVersion = new("stale-version", 412, "项目已有新的版本", "The procedure has moved on");
    public static readonly ProblemKind TooLarge = new("too-large", 413, "请求正文过大", "The body is too large");
    public static readonly ProblemKind UriTooLong = new("uri-too-long", 414, "请求地址过长", "The address is too long");
    public static readonly ProblemKind UnsupportedMediaType = new("unsupported-media-type", 415, "不支持的内容类型", "The content type is not supported");
    public static readonly ProblemKind RuleRefused = new("rule-refused", 422, "不符合法定规则", "A rule of law does not allow it");
    public static readonly ProblemKind IdempotencyKeyReused = new(
        "idempotency-key-reused", 422, "同一幂等键已用于内容不同的请求", "The key was used for another request");
    public static readonly ProblemKind TooManyGroups = new(
        "too-many-groups", 422, "分组过多，请缩小筛选范围或减少统计维度", "Too many groups: narrow the filters or ask for fewer dimensions");
    public static readonly ProblemKind RateLimited = new("rate-limited", 429, "请求过于频繁", "Too many requests");
    public static readonly ProblemKind HeadersTooLarge = new("headers-too-large", 431, "请求头过大", "The headers are too large");
    public static readonly ProblemKind Internal = new("internal", 500, "服务内部错误", "Something went wrong here");
    public static readonly ProblemKind Unavailable = new("unavailable", 503, "服务暂时不可用", "The service is not available for the moment");

    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        Malformed, Validation, IdempotencyKeyMissing, Unauthenticated, Forbidden, NotFound, MethodNotAllowed, NotAcceptable, WrongStage,
        InFlight, StaleVersion, TooLarge, UriTooLong, UnsupportedMediaType, RuleRefused, IdempotencyKeyReused, TooManyGroups, RateLimited,
        HeadersTooLarge, Internal, Unavailable,
    ];

    private ProblemKind(string code, int status, string zh, string en) : this(code, status, new Wording(zh, en)) { }

    /// <summary>The kind that stands for a bare status of the server.</summary>
    public static ProblemKind OfStatus(int status) =>
        All.FirstOrDefault(kind => kind.Status == status) ?? (status < 500 ? Validation with { Status = status } : Internal with { Status = status });
}
