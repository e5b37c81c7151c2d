using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Planning;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Planning;

public sealed class RegisterProcedureTests
{
    private static readonly ProcedureRegistered Fact = Registered();

    public static TheoryData<TradeCategory> Categories => [.. Enum.GetValues<TradeCategory>()];

    [Theory, MemberData(nameof(Categories))]
    public void a_procedure_of_any_category_is_registered(TradeCategory category) =>
        Register(Registered(category) with { Code = category is TradeCategory.Engineering ? "E4205000001000001001" : "鄂采计-2026-0001" })
            .Then(Registered(category) with { Code = category is TradeCategory.Engineering ? "E4205000001000001001" : "鄂采计-2026-0001" })
            .ThenWarned()
            .Keeping("plan.class-code-other-category", "plan.lot-twice");

    [Fact]
    public void refuses_a_class_code_of_another_category() =>
        Register(Fact with { Notice = Fact.Notice with { Heading = Fact.Notice.Heading with { ClassCode = ClassCode.Parse("D01") } } })
            .ThenRefused("plan.class-code-other-category");

    [Fact]
    public void refuses_two_lots_of_one_id() =>
        Register(Fact with { Lots = [Lot(L1, 1), Lot(L2, 2), Lot(L1, 3)] }).ThenRefused("plan.lot-twice");

    [Fact]
    public void warns_of_an_abolished_region() =>
        Register(Fact with { Notice = Fact.Notice with { Heading = Fact.Notice.Heading with { Region = RegionCode.Parse("110103") } } })
            .ThenWarned("plan.region-abolished");

    [Fact]
    public void warns_of_a_deal_code_with_a_wrong_check_character_and_records_it_as_given()
    {
        var given = Lot(L1, 1) with { DealCode = UnifiedDealCode.Parse("A02-91430300730533108L-20261120-000001-0"), DealCodeGiven = true };

        Register(Fact with { Lots = [given] }).Then(Fact with { Lots = [given] }).ThenWarned("deal-code.check-mismatch");
    }

    [Theory]
    [InlineData("一中教学楼")]
    [InlineData("E4205000001000001")]
    public void warns_of_an_engineering_code_outside_the_numbering(string code) =>
        Register(Fact with { Code = code }).ThenWarned("plan.code-outside-numbering");

    [Fact]
    public void a_section_number_continues_its_project() =>
        Register(Fact with { Code = "E4205000001000001001", Lots = [Lot(L1, 1) with { Code = "E4205000001000001001001" }] })
            .ThenWarned().Keeping("plan.lot-code-outside-chain");

    [Fact]
    public void refuses_a_section_number_of_another_project() =>
        Register(Fact with { Code = "E4205000001000001001", Lots = [Lot(L1, 1) with { Code = "E4205000001000001002001" }] })
            .ThenRefused("plan.lot-code-outside-chain");

    [Fact]
    public void where_the_project_has_no_number_of_its_level_there_is_no_chain_to_continue() =>
        Register(Fact with { Code = "E4205000001000001", Lots = [Lot(L1, 1) with { Code = "E4205000001000001002001" }] })
            .ThenWarned("plan.code-outside-numbering");

    [Fact]
    public void a_section_without_a_number_of_the_chain_is_recorded() =>
        Register(Fact with { Code = "E4205000001000001001", Lots = [Lot(L1, 1) with { Code = "一标段" }] }).ThenWarned();

    private static Answer Register(ProcedureRegistered fact) => new(Plan.Register(fact));
}
