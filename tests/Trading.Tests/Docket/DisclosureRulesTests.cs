using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Docket;

public sealed class DisclosureRulesTests
{
    [Theory]
    [InlineData(DisclosureKind.Active)]
    [InlineData(DisclosureKind.OnRequest)]
    [InlineData(DisclosureKind.Withheld)]
    public void what_was_reviewed_just_now_passes(DisclosureKind attribute) =>
        Judge(new Disclosure(attribute, Reviewed(ReviewResult.Passed))).ThenWarned().Keeping("disclosure.review-missing");

    [Fact]
    public void refuses_what_nobody_reviewed() => Judge(new Disclosure(DisclosureKind.Active)).ThenRefused("disclosure.review-missing");

    [Theory]
    [InlineData(DisclosureKind.Active)]
    [InlineData(DisclosureKind.OnRequest)]
    public void refuses_to_make_known_what_did_not_pass(DisclosureKind attribute) =>
        Judge(new Disclosure(attribute, Reviewed(ReviewResult.Refused))).ThenRefused("disclosure.review-not-passed");

    [Fact]
    public void what_did_not_pass_is_recorded_and_withheld() =>
        Judge(new Disclosure(DisclosureKind.Withheld, Reviewed(ReviewResult.Refused))).ThenWarned();

    [Fact]
    public void refuses_a_review_of_the_future() =>
        Judge(new Disclosure(DisclosureKind.Active, Reviewed(ReviewResult.Passed) with { ReviewedAt = Later.AddSeconds(1) }))
            .ThenRefused("disclosure.review-in-future");

    [Fact]
    public void registrations_are_public_and_objections_given_on_request_unless_said_otherwise()
    {
        Assert.Equal(DisclosureKind.Active, DisclosureRules.Assumed(typeof(ProcedureRegistered)));
        Assert.Equal(DisclosureKind.OnRequest, DisclosureRules.Assumed(typeof(ObjectionRaised)));
        Assert.Equal(DisclosureKind.OnRequest, DisclosureRules.Assumed(typeof(ObjectionAnswered)));
        Assert.All(
            Catalogue.All.Select(kind => kind.Type).Except([typeof(ProcedureRegistered), typeof(PersonalDataErased), typeof(DefectDisclosed), typeof(ObjectionRaised), typeof(ObjectionAnswered)]),
            type => Assert.Null(DisclosureRules.Assumed(type)));
    }

    private static SecrecyReview Reviewed(ReviewResult result) => new("李审查", Later, result);

    private static Spec.Answer Judge(Disclosure disclosure) => new(Decision.Of(DisclosureRules.Findings(disclosure, Later), Planned()));
}
