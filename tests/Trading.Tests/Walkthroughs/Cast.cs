namespace Trading.Tests.Walkthroughs;

/// <summary>Who plays in the stories. Everyone is invented; the credit codes are well-formed.</summary>
internal static class Cast
{
    public static readonly string Agency = Host("示例招标代理有限公司", "91420500MA0000090W", "赵工", Story.AgencyPhone);

    public static readonly string
        Bidder1 = Bidder("甲示范建设集团有限公司", "91420500MA00000154", 1),
        Bidder2 = Bidder("乙示范建筑工程有限公司", "91420500MA0000023Y", 2),
        Bidder3 = Bidder("丙示范工程建设有限公司", "91420500MA0000031R", 3),
        Bidder4 = Bidder("丁示范科技股份有限公司", "91420500MA000004XH", 4),
        Bidder5 = Bidder("戊示范信息技术有限公司", "91420500MA0000058H", 5),
        Bidder6 = Bidder("己示范办公设备有限公司", "91420500MA0000066C", 6);

    /// <summary>One whose contact the law publishes in the announcement.</summary>
    public static string Host(string name, string creditCode, string contact, string phone = Story.InitiatorPhone) => $$"""
        {"name": "{{name}}", "creditCode": "{{creditCode}}", "address": "示例市建设路1号", "contact": {"name": "{{contact}}", "phone": "{{phone}}"} }
        """;

    private static string Bidder(string name, string creditCode, int number) => $$"""
        {"name": "{{name}}", "creditCode": "{{creditCode}}", "contact": {"name": "经办人", "phone": "{{Story.BidderPhone}}{{number:00000}}"} }
        """;

    public static string Bid(string lot, string bidder, string amount) => $$"""
        {"lotId": "{{lot}}", "bidder": {{bidder}}, "price": {{Yuan(amount)}} }
        """;

    public static string Candidate(int rank, string bidder, string amount) => $$"""
        {"rank": {{rank}}, "bidder": {{bidder}}, "price": {{Yuan(amount)}} }
        """;

    public static string Qualified(string lot, string bidder) => $$"""
        {"lotId": "{{lot}}", "bidder": {{bidder}}, "result": "qualified"}
        """;

    public static string Awarded(string lot, string supplier, string amount) => $$"""
        {"lotId": "{{lot}}", "outcome": "awarded", "supplier": {{supplier}}, "price": {{Yuan(amount)}} }
        """;

    public static string Yuan(string amount) => $$"""{"form": "amount", "amount": "{{amount}}"}""";
}
