using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Vault;

namespace Trading.Supervision.Erasure;

/// <summary>个人信息删除.</summary>
/// <param name="Members">Pointers (RFC 6901) into the notice as it is read, such as <c>/content/initiator/contact</c> or <c>/text</c>; all when absent.</param>
public sealed record ErasureBody(ErasureGround Ground, string Reason, IReadOnlyList<string>? Members = null) : NoticeBody;

public sealed class ErasePersonalData(Desk desk, PersonalVault vault) : PostingEndpoint<ErasureBody>
{
    public override void Configure() => Describe(
        "v1/procedures/{procedureId:guid}/notices/{noticeId:guid}/erasure", "个人信息删除",
        "Erases personal data of a notice for good: contacts, names of persons, the original wording. The event and every proof of it stand; what they "
        + "commit to cannot be opened any more. At any stage, also of notices taken over from a former system.",
        new ErasureBody(ErasureGround.PeriodEnded, "联系人信息的保存期限已届满", ["/content/initiator/contact"]));

    public override async Task HandleAsync(Post<ErasureBody> req, CancellationToken ct)
    {
        if (await ReadIncoming(req) is not { } incoming) return;
        var (procedureId, noticeId, body) = (Route<Guid>("procedureId"), Route<Guid>("noticeId"), req.Body);
        var there = (await vault.MembersOf(procedureId, noticeId, ct)).Select(member => new ErasedMember(Read(member.Pointer), member.Digest)).ToList();
        await Answer(await desk.Receive<ErasureState>(
            procedureId, incoming,
            (state, filing) => Erasing.Erase(
                state, new PersonalDataErased(filing.Notice<PersonalDataErased>(state.Heading), noticeId, body.Ground, body.Reason, []), body.Members, there),
            ct));
    }

    /// <summary>The same place in the notice as it is read.</summary>
    private static string Read(string pointer) =>
        pointer.StartsWith("/notice/", StringComparison.Ordinal) ? pointer["/notice".Length..] : "/content" + pointer;
}

public sealed class ErasureBodyValidator : PostingValidator<ErasureBody>
{
    public ErasureBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.Reason).NotEmpty().MaximumLength(Lengths.Prose);
        body.RuleFor(b => b.Members).AtMost(100);
        body.RuleForEach(b => b.Members).NotEmpty().MaximumLength(Lengths.Name);
    });
}
