using Trading.Events;
using Trading.Projections;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Projections;

public sealed class ProcedureBoardTests
{
    [Fact]
    public void a_row_is_the_page_and_what_it_is_found_by()
    {
        var row = Row(Registered(), Announced(L1, L2, L3), Opened(L1, L2), Shown(L1, L2), Decided(To(First, L1, "100"), To(First, L2, "20.5"), None(L3)));

        Assert.Equal((Recording.Procedure, "engineering", "awarding", "active", "420500"), (row.Id, row.Category, row.Stage, row.Status, row.Region));
        Assert.Equal(RegisteredAt.ToUniversalTime(), row.PublishedAt);
        Assert.Equal([First.CreditCode!.ToString(), First.Name], row.Suppliers);
        Assert.Equal(["awarded", "failed"], row.LotStatuses);
        Assert.Equal((120.5m, 120.5m), (row.Amount, row.AmountOrder));
        Assert.Equal(5, row.Page.Version);
    }

    [Fact]
    public void before_any_award_the_amount_is_what_was_estimated()
    {
        var registered = Registered();
        var estimated = registered with { Lots = [registered.Lots[0] with { Estimate = Yuan("1000") }, registered.Lots[1], registered.Lots[2] with { Estimate = Yuan("0.5") }] };

        Assert.Equal(1000.5m, Row(estimated).Amount);
        Assert.Null(Row(registered).Amount);
        Assert.Equal(7m, Row(estimated, Announced(L1), Decided(To(First, L1, "7"))).Amount);
    }

    [Fact]
    public void the_deadline_is_that_of_bids_or_of_the_offer()
    {
        Assert.Equal(ClosesAt.ToUniversalTime(), Row(Registered(), Announced(L1)).Deadline);
        Assert.Equal(ClosesAt.ToUniversalTime(), Row(Registered(), Offered(L1)).Deadline);
        Assert.Null(Row(Registered()).Deadline);
    }

    [Fact]
    public void an_award_that_is_not_public_names_no_supplier()
    {
        var row = Row(Registered(), Announced(L1), Decided(To(First, L1)) with { Notice = Lives.Hidden(Decided()) });

        Assert.Equal((0, null, "awarding"), (row.Suppliers.Count, row.Amount, row.Stage));
    }

    private static ProcedureRow Row(params IEnumerable<INoticed> facts) => ProcedureRow.Of(Recording.Of(facts)).Single();
}
