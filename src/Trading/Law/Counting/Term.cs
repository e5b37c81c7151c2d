namespace Trading.Law.Counting;

/// <summary>期限: a length of time as the law states it.</summary>
public sealed record Term(int Count, TimeUnit Unit);

/// <summary>日、工作日、小时、月、年.</summary>
public enum TimeUnit
{
    /// <summary>日: every day, worked or not.</summary>
    CalendarDay,

    /// <summary>工作日: only days that are worked, make-up days among them.</summary>
    WorkingDay,

    /// <summary>小时: from the very hour (民法典 第二百零一条).</summary>
    Hour,

    /// <summary>月: to the corresponding day, or the month's last where there is none (民法典 第二百零二条).</summary>
    Month,

    /// <summary>年: as with months.</summary>
    Year,
}

/// <summary>末日顺延: past which days the last day of a term rolls on. 民法典 第二百零三条 is read both ways; a special law may say neither.</summary>
public enum Roll
{
    /// <summary>The last day stays where it is.</summary>
    None,

    /// <summary>法定节假日: past holidays alone.</summary>
    Holiday,

    /// <summary>法定休假日: past holidays and weekends, unless the weekend day is worked.</summary>
    RestDay,
}
