using JasperFx.Events;

namespace Trading.Events;

/// <summary>All that is made of events. Composition knows the parts.</summary>
/// <param name="Together">Makes what is recorded together with the first event of a procedure, and throws where that cannot be made.</param>
/// <param name="All">Makes everything that is ever made of the events of a procedure, and reports what cannot be made (<see cref="Kernel.Defects"/>).</param>
public sealed record Surfaces(Action<IEvent> Together, Action<IReadOnlyList<IEvent>> All);
