namespace Trading.Events;

/// <summary>异议、质疑: someone with an interest says that it was not done by the law. The procedure waits for the answer.</summary>
public sealed record ObjectionRaised(
    Notice Notice, Guid ObjectionId, Party By, ObjectionTarget Against, DateTimeOffset ReceivedAt, string Summary) : INoticed;

/// <summary>招标文件异议、开标异议、评标结果异议 (招标投标法实施条例 第二十二条、第四十四条、第五十四条).</summary>
public enum ObjectionTarget { Documents, Opening, Evaluation }

/// <summary>异议答复、质疑答复.</summary>
public sealed record ObjectionAnswered(
    Notice Notice, Guid ObjectionId, DateTimeOffset AnsweredAt, string Answer, bool Upheld) : INoticed;
