using System.Collections.Immutable;
using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using static Trading.Supervision.Disclosing.DisclosingRules;

namespace Trading.Supervision.Disclosing;

/// <param name="Public">Of each notice so far, whether it is public.</param>
public sealed record DisclosingState(Standing Standing, ImmutableDictionary<Guid, bool> Public) : IStage<DisclosingState>
{
    public static DisclosingState? Fold(DisclosingState? state, object fact)
    {
        if (Standing.Fold(state?.Standing, fact) is not { } standing) return null;
        var notices = state?.Public ?? ImmutableDictionary<Guid, bool>.Empty;
        if (fact is INoticed { Notice: var notice }) notices = notices.SetItem(notice.NoticeId, notice.Disclosure.IsPublic);
        if (fact is NoticeDisclosed disclosed) notices = notices.SetItem(disclosed.Discloses, true);
        return new DisclosingState(standing, notices);
    }
}

/// <summary>公开: what had to wait is shown, at any stage and after the end.</summary>
public static class Disclosing
{
    public static Decision Disclose(DisclosingState state, NoticeDisclosed fact)
    {
        return Decision.Of(Findings(), fact);

        IEnumerable<Finding> Findings()
        {
            yield return NoticeUnknown.If(!state.Public.ContainsKey(fact.Discloses));
            yield return AlreadyPublic.If(state.Public[fact.Discloses]);
            yield return Withdrawn.If(state.Standing.Notices[fact.Discloses].Withdrawn);
            yield return NotItselfPublic.If(!fact.Notice.Disclosure.IsPublic);
        }
    }
}
