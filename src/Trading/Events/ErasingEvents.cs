namespace Trading.Events;

/// <summary>
/// 个人信息删除: personal data of an earlier notice is gone. Its event stands as it was recorded, with the digests; what opened them does
/// not exist any more.
/// </summary>
/// <param name="ErasedFrom">The notice.</param>
/// <param name="Ground">Why it had to go (个人信息保护法 第四十七条第一款).</param>
public sealed record PersonalDataErased(
    Notice Notice, Guid ErasedFrom, ErasureGround Ground, string Reason, IReadOnlyList<ErasedMember> Members) : INoticed;

/// <summary>One value that is gone.</summary>
/// <param name="Pointer">Where it stood in the notice as it is read (RFC 6901).</param>
/// <param name="Digest">What stands for it in the event and in the log.</param>
public sealed record ErasedMember(string Pointer, string Digest);

/// <summary>处理目的已实现或者不再必要、保存期限已届满、撤回同意、违法处理、法律法规规定的其他情形.</summary>
public enum ErasureGround { PurposeAchieved, PeriodEnded, ConsentWithdrawn, Unlawful, Law }
