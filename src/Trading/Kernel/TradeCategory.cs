namespace Trading.Kernel;

/// <summary>交易类别: what is traded, and so which law governs.</summary>
public enum TradeCategory { Engineering, Procurement, Land, Mineral, Property, Other }

/// <param name="Name">As the national platform calls it.</param>
/// <param name="Law">The governing law, as it is cited.</param>
/// <param name="NationalCodes">业务类型 codes (DEAL_CLASSIFY) of the national platform, the category's own first.</param>
public sealed record TradeCategoryEntry(TradeCategory Category, string Name, string Law, IReadOnlyList<string> NationalCodes);

/// <summary>The 交易类别 with their names, laws and national codes.</summary>
public static class TradeCategories
{
    public static IReadOnlyList<TradeCategoryEntry> All { get; } =
    [
        new(TradeCategory.Engineering, "工程建设", "中华人民共和国招标投标法", ["01"]),
        new(TradeCategory.Procurement, "政府采购", "中华人民共和国政府采购法", ["02"]),
        new(TradeCategory.Land, "土地使用权", "中华人民共和国土地管理法", ["03"]),
        new(TradeCategory.Mineral, "矿业权", "中华人民共和国矿产资源法", ["04"]),
        new(TradeCategory.Property, "国有产权", "中华人民共和国企业国有资产法", ["05"]),
        // 其他, 碳排放权, 排污权, 药品采购, 二类疫苗, 林权
        new(TradeCategory.Other, "其他", "公共资源交易平台管理暂行办法", ["90", "21", "22", "23", "24", "25"]),
    ];

    public static TradeCategoryEntry Of(TradeCategory category) => All.First(entry => entry.Category == category);

    /// <summary>The category of a national 业务类型 code; null for a code the national platform does not have.</summary>
    public static TradeCategory? OfNationalCode(string code) =>
        All.FirstOrDefault(entry => entry.NationalCodes.Contains(code))?.Category;
}
