namespace Trading.Law.Calendars;

/// <summary>What a day is by the State Council's holiday arrangement of its year.</summary>
public enum DayKind
{
    /// <summary>工作日: a weekday on which people work.</summary>
    Workday,

    /// <summary>调休上班: a weekend day that is worked in exchange for a holiday.</summary>
    MakeUpDay,

    /// <summary>休息日: a Saturday or Sunday outside any holiday.</summary>
    RestDay,

    /// <summary>节假日: a day of a holiday arrangement, whatever day of the week.</summary>
    Holiday,
}
