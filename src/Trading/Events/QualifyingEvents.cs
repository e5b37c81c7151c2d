namespace Trading.Events;

/// <summary>资格审查结果: who may take part, and why the others may not.</summary>
public sealed record QualificationDecided(Notice Notice, IReadOnlyList<QualificationResult> Results) : INoticed;
