using Trading.Events;
using Trading.Kernel;

namespace Trading.Docket;

/// <summary>交易主体: what is looked at in every party that is named.</summary>
public static class PartyRules
{
    public static readonly Rule ContactNotPublished = new(
        "party.contact-not-published", RuleKind.Warning, "个人信息保护法 第二十五条；政府信息公开条例 第十五条",
        "法律未要求公布该主体的联系人，未予记录。", "The law does not publish this party's contact; it was not recorded.");

    public static readonly Rule OrganisationCheckWrong = new(
        "credit-code.organisation-check", RuleKind.Warning, "GB 11714 全国组织机构代码编制规则",
        "统一社会信用代码中的主体标识码校验码不符。", "The check character of the organisation code inside the credit code is wrong.");

    public static readonly Rule CategoryUnknown = new(
        "credit-code.category-unknown", RuleKind.Warning, "GB 32100-2015 第4章",
        "统一社会信用代码的登记管理部门与机构类别组合不在标准之内。", "The credit code's authority and category do not go together in the standard.");

    public static IEnumerable<Finding> Findings(Party party)
    {
        if (party.CreditCode is not { } code) yield break;
        yield return OrganisationCheckWrong.If(!code.OrganisationCheckHolds, new Fact("creditCode", code.ToString()));
        yield return CategoryUnknown.If(!code.CategoryKnown, new Fact("creditCode", code.ToString()));
    }
}
