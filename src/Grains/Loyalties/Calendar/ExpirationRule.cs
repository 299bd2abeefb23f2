using System.Text.Json;

namespace Marketing.Loyalties;

/// <summary>
/// Until when points can be spent. Counted from the day they are earned, in the project's calendar; the day that comes out is the last one, and they are gone at the midnight that ends it. Pure.
/// </summary>
internal sealed record ExpirationRule
{
    /// <summary>The most months that points last.</summary>
    public const int MostMonths = 1_200;

    /// <summary>Months after the day; null for a day of the year.</summary>
    public int? Months { get; init; }

    /// <summary>The end is moved to the end of such a period; null where it is not.</summary>
    public QualificationPeriod? Rounding { get; init; }

    /// <summary>The end is moved to the end of this month of the year; null where it is not.</summary>
    public int? ParticularMonth { get; init; }

    /// <summary>The month of the day of the year.</summary>
    public int FixedMonth { get; init; }

    /// <summary>The day of the year.</summary>
    public int FixedDay { get; init; }

    /// <summary>Reads the wire format; null where points never expire, or what is wrong with it.</summary>
    /// <param name="rules"><c>expiration_rules</c>.</param>
    public static (ExpirationRule? Rule, FieldProblem? Problem) Read(JsonElement rules)
    {
        if (rules.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return (null, null);
        }

        if (rules.ValueKind != JsonValueKind.Object)
        {
            return (null, new FieldProblem("", "must be an object"));
        }

        return LoyaltyJson.Text(rules, "period_type") switch
        {
            "MONTH" => ReadMonths(rules),
            "FIXED_DAY_OF_YEAR" => ReadDay(rules),
            _ => (null, new FieldProblem("period_type", "must be MONTH or FIXED_DAY_OF_YEAR")),
        };
    }

    /// <summary>The last day on which points can be spent that are earned on a day.</summary>
    public DateOnly EndOf(DateOnly earned)
    {
        if (Months is not { } months)
        {
            var end = Clamped(earned.Year, FixedMonth, FixedDay);
            return end >= earned ? end : Clamped(earned.Year + 1, FixedMonth, FixedDay);
        }

        var last = earned.AddMonths(months);
        return Rounding is { } period ? period.EndOf(last)
            : ParticularMonth is { } month ? QualificationPeriod.Month.EndOf(new DateOnly(month >= last.Month ? last.Year : last.Year + 1, month, 1))
            : last;
    }

    private static (ExpirationRule? Rule, FieldProblem? Problem) ReadMonths(JsonElement rules)
    {
        if (LoyaltyJson.Whole(rules, "period_value") is not (>= 0 and <= MostMonths and var months))
        {
            return (null, new FieldProblem("period_value", $"must be a number of months, 0 to {MostMonths}"));
        }

        var rule = new ExpirationRule { Months = (int)months };
        return LoyaltyJson.Text(rules, "rounding_type") switch
        {
            null => (rule, null),
            "END_OF_MONTH" => (rule with { Rounding = QualificationPeriod.Month }, null),
            "END_OF_QUARTER" => (rule with { Rounding = QualificationPeriod.Quarter }, null),
            "END_OF_HALF_YEAR" => (rule with { Rounding = QualificationPeriod.HalfYear }, null),
            "END_OF_YEAR" => (rule with { Rounding = QualificationPeriod.Year }, null),
            "PARTICULAR_MONTH" => LoyaltyJson.Whole(rules, "rounding_value") is >= 1 and <= 12 and var month
                ? (rule with { ParticularMonth = (int)month }, null)
                : (null, new FieldProblem("rounding_value", "must be a month, 1 to 12")),
            _ => (null, new FieldProblem("rounding_type", "must be END_OF_MONTH, END_OF_QUARTER, END_OF_HALF_YEAR, END_OF_YEAR or PARTICULAR_MONTH")),
        };
    }

    private static (ExpirationRule? Rule, FieldProblem? Problem) ReadDay(JsonElement rules) =>
        LoyaltyJson.Whole(rules, "fixed_month") is not (>= 1 and <= 12 and var month) ? (null, new FieldProblem("fixed_month", "must be a month, 1 to 12"))
        : LoyaltyJson.Whole(rules, "fixed_day") is not (>= 1 and <= 31 and var day) ? (null, new FieldProblem("fixed_day", "must be a day, 1 to 31"))
        : (new ExpirationRule { FixedMonth = (int)month, FixedDay = (int)day }, null);

    private static DateOnly Clamped(int year, int month, int day) => new(year, month, Math.Min(day, DateTime.DaysInMonth(year, month)));
}
