using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using Xunit;

namespace Trading.Tests.Docket;

public sealed class CourseTests
{
    private static readonly Course StatutoryTender = new(Opens: true, ShowsCandidates: true, MustShowCandidates: true, FewestBidders: 3);
    private static readonly Course Tender = StatutoryTender with { MustShowCandidates = false };
    private static readonly Course Negotiated = new(Opens: false, ShowsCandidates: true, MustShowCandidates: false, FewestBidders: 0);
    private static readonly Course Listed = new(Opens: false, ShowsCandidates: false, MustShowCandidates: false, FewestBidders: 0);

    public static TheoryData<TradeCategory, ProcedureMethod, bool> Everything =>
    [
        .. from category in Enum.GetValues<TradeCategory>()
           from method in Enum.GetValues<ProcedureMethod>()
           from statutory in new[] { true, false }
           select (category, method, statutory),
    ];

    [Theory, MemberData(nameof(Everything))]
    public void method_category_and_duty_say_which_stages_there_are(TradeCategory category, ProcedureMethod method, bool statutory)
    {
        var expected = method switch
        {
            ProcedureMethod.Listing or ProcedureMethod.Auction => Listed,
            ProcedureMethod.Open or ProcedureMethod.Limited => category is TradeCategory.Engineering && statutory ? StatutoryTender : Tender,
            ProcedureMethod.Negotiation or ProcedureMethod.Consultation or ProcedureMethod.Inquiry or ProcedureMethod.SoleSource
                or ProcedureMethod.Framework or ProcedureMethod.Other => Negotiated,
            _ => throw new InvalidOperationException($"{method} has no course here."),
        };

        Assert.Equal(expected, Course.Of(category, method, statutory));
    }
}
