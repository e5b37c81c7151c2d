using System.Collections.Immutable;
using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using static Trading.Supervision.Erasure.ErasureRules;

namespace Trading.Supervision.Erasure;

/// <summary>Of a procedure of ours or of a former system, at any stage and after its end.</summary>
/// <param name="Notices">Every notice so far.</param>
public sealed record ErasureState(Heading Heading, ImmutableHashSet<Guid> Notices) : IFolded<ErasureState>, IHeaded
{
    public static ErasureState? Fold(ErasureState? state, object fact) => fact is INoticed { Notice: var notice }
        ? new ErasureState(state?.Heading ?? notice.Heading, (state?.Notices ?? []).Add(notice.NoticeId))
        : state;
}

/// <summary>个人信息删除: what has no ground any more goes, whatever stage the procedure is at.</summary>
public static class Erasing
{
    // One wording, kept in two forms and a hash that would betray it.
    private static readonly string[] Wording = ["/text", "/html", "/sha256"];

    /// <param name="asked">Pointers into the notice as it is read; null for all there is.</param>
    /// <param name="there">What there is to erase.</param>
    public static Decision Erase(
        ErasureState state, PersonalDataErased fact, IReadOnlyList<string>? asked, IReadOnlyList<ErasedMember> there)
    {
        var pointers = asked?.Concat(asked.Any(Wording.Contains) ? Wording : []).ToHashSet(StringComparer.Ordinal);
        var erased = there.Where(member => pointers?.Contains(member.Pointer) ?? true).ToList();
        return Decision.Of(Findings(), fact with { Members = erased });

        IEnumerable<Finding> Findings()
        {
            yield return NoticeUnknown.If(!state.Notices.Contains(fact.ErasedFrom));
            foreach (var pointer in asked ?? [])
                yield return MemberUnknown.If(there.All(member => member.Pointer != pointer), new Fact("member", pointer));
            yield return NothingLeft.If(erased.Count is 0);
        }
    }
}
