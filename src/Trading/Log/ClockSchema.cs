namespace Trading.Log;

/// <summary>
/// By what the database holds the time of events to its own clock. Only its owner changes it; a trigger refuses what does not keep to it
/// (SQLSTATE <see cref="Http.Outage.WrongTime"/>).
/// </summary>
public static class ClockSchema
{
    public const string Name = LogSchema.Name + ".clock";

    /// <summary>Lets a clock of trials date the events from now on.</summary>
    public const string MarkTrial = $"update {Name} set trial = true";

    public const string SetTolerance = $"update {Name} set tolerance = $1";

    public const string IsTrial = $"select trial from {Name}";
}
