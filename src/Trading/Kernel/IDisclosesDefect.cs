namespace Trading.Kernel;

/// <summary>A fact that says publicly of an earlier event what is wrong with it: decisions go on without that event.</summary>
public interface IDisclosesDefect
{
    /// <summary>The id of the event.</summary>
    Guid DefectOf { get; }
}
