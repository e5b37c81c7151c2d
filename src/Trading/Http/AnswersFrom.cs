namespace Trading.Http;

/// <summary>The views from which an endpoint answers. While one of them is rebuilt, the answer is 503.</summary>
public sealed record AnswersFrom(params string[] Views);
