namespace Marketing.Loyalties;

/// <summary>Calendar periods that begin with the year: months, quarters, half-years, years. Pure.</summary>
/// <param name="Months">How long one is; a divisor of twelve.</param>
internal readonly record struct QualificationPeriod(int Months)
{
    public static readonly QualificationPeriod Month = new(1);
    public static readonly QualificationPeriod Quarter = new(3);
    public static readonly QualificationPeriod HalfYear = new(6);
    public static readonly QualificationPeriod Year = new(12);

    /// <summary>By the name of the wire format; null where there is none of it.</summary>
    public static QualificationPeriod? Of(string? name) => name switch
    {
        "MONTH" => Month,
        "QUARTER" => Quarter,
        "HALF_YEAR" => HalfYear,
        "YEAR" => Year,
        _ => null,
    };

    /// <summary>The first day of the period that a day is in.</summary>
    public DateOnly StartOf(DateOnly day) => new(day.Year, ((day.Month - 1) / Months * Months) + 1, 1);

    /// <summary>The last day of the period that a day is in.</summary>
    public DateOnly EndOf(DateOnly day) => NextAfter(day).AddDays(-1);

    /// <summary>The first day of the period that follows.</summary>
    public DateOnly NextAfter(DateOnly day) => StartOf(day).AddMonths(Months);

    /// <summary>The first day of the period so many before that of a day.</summary>
    public DateOnly Ago(DateOnly day, int periods) => StartOf(day).AddMonths(-periods * Months);

    /// <summary>How many periods lie between two days.</summary>
    public int Between(DateOnly day, DateOnly later) => (((later.Year - day.Year) * 12) + StartOf(later).Month - StartOf(day).Month) / Months;
}
