namespace Trading.Store;

/// <summary>
/// By what the database holds the time of events to its own clock. Only its owner changes it; a trigger refuses what does not keep to it
/// (SQLSTATE TR001).
/// </summary>
public static class ClockSchema
{
    public const string Name = "log.clock";

    /// <summary>Lets a clock of trials date the events from now on.</summary>
    public const string MarkTrial = $"update {Name} set trial = true";

    public const string SetTolerance = $"update {Name} set tolerance = $1";

    public const string IsTrial = $"select trial from {Name}";
}
