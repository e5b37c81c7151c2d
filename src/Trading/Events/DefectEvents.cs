using Trading.Kernel;

namespace Trading.Events;

/// <summary>数据缺陷说明: an earlier event of the procedure cannot be shown as it was recorded, and why. That event stands as it is.</summary>
/// <param name="DefectOf">The event, which is also the id of its notice.</param>
/// <param name="Explanation">In words for the public: what is wrong with it, and what it was meant to say.</param>
public sealed record DefectDisclosed(Notice Notice, Guid DefectOf, string Explanation) : INoticed, IDisclosesDefect;
