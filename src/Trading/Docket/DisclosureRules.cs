using Trading.Events;
using Trading.Kernel;

namespace Trading.Docket;

/// <summary>公开属性与保密审查: nothing is published that nobody has found fit to be.</summary>
public static class DisclosureRules
{
    private const string Articles = "政府信息公开条例 第十七条；保守国家秘密法 第三十五条";

    public static readonly Rule ReviewMissing = new(
        "disclosure.review-missing", RuleKind.Unlawful, Articles,
        "未经保密审查，不得发布。", "Nothing is published without a secrecy review.");

    public static readonly Rule ReviewNotPassed = new(
        "disclosure.review-not-passed", RuleKind.Unlawful, Articles,
        "保密审查未通过，不得发布。", "The secrecy review was not passed.");

    public static readonly Rule ReviewInFuture = new(
        "disclosure.review-in-future", RuleKind.Unlawful, Articles,
        "保密审查时间晚于当前时间。", "The secrecy review lies in the future.");

    /// <summary>What is taken for granted where the posting says nothing; null where it has to say.</summary>
    public static DisclosureKind? Assumed(Type fact) =>
        fact == typeof(ProcedureRegistered) || fact == typeof(PersonalDataErased) || fact == typeof(DefectDisclosed) ? DisclosureKind.Active
        : fact == typeof(ObjectionRaised) || fact == typeof(ObjectionAnswered) ? DisclosureKind.OnRequest
        : null;

    public static IEnumerable<Finding> Findings(Disclosure disclosure, DateTimeOffset now)
    {
        yield return ReviewMissing.If(disclosure.SecrecyReview is null);
        if (disclosure.SecrecyReview is not { } review) yield break;
        yield return ReviewNotPassed.If(
            review.Result is not ReviewResult.Passed && disclosure.Attribute is not DisclosureKind.Withheld, new Fact("reviewedAt", TimeConverter.Write(review.ReviewedAt)));
        yield return ReviewInFuture.If(review.ReviewedAt > now, new Fact("reviewedAt", TimeConverter.Write(review.ReviewedAt)));
    }
}
