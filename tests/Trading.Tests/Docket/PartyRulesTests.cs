using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Docket;

public sealed class PartyRulesTests
{
    [Fact]
    public void a_sound_code_is_no_matter() => Judge(First).ThenWarned();

    [Fact]
    public void a_party_without_a_code_is_no_matter() => Judge(new Party("张三")).ThenWarned();

    [Fact]
    public void warns_of_a_wrong_check_character_of_the_organisation_code() =>
        Judge(First with { CreditCode = CreditCode.Parse("91420500MA4AAAA10M") }).ThenWarned("credit-code.organisation-check");

    [Fact]
    public void warns_of_a_kind_of_organisation_the_standard_does_not_have() =>
        Judge(First with { CreditCode = CreditCode.Parse("94420500MA4AAAA5XA") }).ThenWarned("credit-code.category-unknown");

    private static Spec.Answer Judge(Party party) => new(Decision.Of(PartyRules.Findings(party), Planned()));
}
