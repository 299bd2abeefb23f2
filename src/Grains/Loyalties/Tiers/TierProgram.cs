using System.Text.Json;

namespace Marketing.Loyalties;

/// <summary>When tiers end.</summary>
internal enum TierEnd
{
    /// <summary>When the balance leaves it.</summary>
    BalanceDrop,

    /// <summary>Some time after it was reached.</summary>
    Custom,

    /// <summary>With the period it began in.</summary>
    Period,

    /// <summary>With the period after.</summary>
    NextPeriod,
}

/// <summary>By what members of a programme get into tiers and for how long they stay: <c>loyalty_tiers_expiration</c>. Pure.</summary>
internal sealed record TierProgram
{
    public static readonly TierProgram ByBalance = new();

    /// <summary>Points that are collected in such a period count; null where the balance does.</summary>
    public QualificationPeriod? Period { get; init; }

    /// <summary>Whether a tier begins with the period after the one in which it was reached.</summary>
    public bool StartsNextPeriod { get; init; }

    public TierEnd Ends { get; init; } = TierEnd.BalanceDrop;

    /// <summary>How much longer a tier holds.</summary>
    public CalendarDuration Extend { get; init; }

    /// <summary>The end is moved within such a period; null where it is not.</summary>
    public QualificationPeriod? Rounding { get; init; }

    /// <summary>The end is moved to this month; null where it is not.</summary>
    public int? RoundingMonth { get; init; }

    /// <summary>Whether it is moved to the beginning, and not to the end.</summary>
    public bool RoundsToStart { get; init; }

    /// <summary>Reads the wire format, or says what is wrong with it.</summary>
    public static (TierProgram Program, FieldProblem? Problem) Read(JsonElement settings)
    {
        if (settings.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return (ByBalance, null);
        }

        var expiration = LoyaltyJson.Child(settings, "expiration_date");
        var end = LoyaltyJson.Text(expiration, "type");
        var program = new TierProgram { StartsNextPeriod = LoyaltyJson.Text(LoyaltyJson.Child(settings, "start_date"), "type") == "NEXT_PERIOD" };
        switch (LoyaltyJson.Text(settings, "qualification_type"))
        {
            case "BALANCE":
                if (program.StartsNextPeriod || end is not (null or "BALANCE_DROP" or "CUSTOM"))
                {
                    return (ByBalance, new FieldProblem("expiration_date.type", "must be BALANCE_DROP or CUSTOM where tiers go by the balance, and start_date IMMEDIATE"));
                }

                program = program with { Ends = end == "CUSTOM" ? TierEnd.Custom : TierEnd.BalanceDrop };
                break;
            case "POINTS_IN_PERIOD":
                if (QualificationPeriod.Of(LoyaltyJson.Text(settings, "qualification_period")) is not { } period)
                {
                    return (ByBalance, new FieldProblem("qualification_period", "must be MONTH, QUARTER, HALF_YEAR or YEAR"));
                }

                if (end is not (null or "END_OF_PERIOD" or "END_OF_NEXT_PERIOD"))
                {
                    return (ByBalance, new FieldProblem("expiration_date.type", "must be END_OF_PERIOD or END_OF_NEXT_PERIOD where tiers go by the points of a period"));
                }

                program = program with { Period = period, Ends = end == "END_OF_NEXT_PERIOD" ? TierEnd.NextPeriod : TierEnd.Period };
                break;
            default:
                return (ByBalance, new FieldProblem("qualification_type", "must be BALANCE or POINTS_IN_PERIOD"));
        }

        return ReadLength(program, expiration);
    }

    /// <summary>The last day of a tier that begins on a day; null where it has none.</summary>
    public DateOnly? LastDayOf(DateOnly start)
    {
        if (Ends == TierEnd.BalanceDrop)
        {
            return null;
        }

        var end = Extend.After(Ends switch
        {
            TierEnd.Custom => start,
            TierEnd.Period => Period!.Value.EndOf(start),
            _ => Period!.Value.EndOf(Period.Value.NextAfter(start)),
        });

        // Moved to before it began it would be over at once, and begin again.
        return Rounded(end) is var rounded && rounded >= start ? rounded : end;
    }

    private static (TierProgram Program, FieldProblem? Problem) ReadLength(TierProgram program, JsonElement expiration)
    {
        if (LoyaltyJson.Text(expiration, "extend") is { Length: > 0 } extend)
        {
            if (CalendarDuration.Parse(extend) is not { } duration)
            {
                return (ByBalance, new FieldProblem("expiration_date.extend", "must be a duration of days, weeks, months and years such as P3M"));
            }

            program = program with { Extend = duration };
        }

        if (program is { Ends: TierEnd.Custom, Extend: { Months: 0, Days: 0 } })
        {
            return (ByBalance, new FieldProblem("expiration_date.extend", "is required where the type is CUSTOM"));
        }

        var rounding = LoyaltyJson.Child(expiration, "rounding");
        if (rounding.ValueKind != JsonValueKind.Object)
        {
            return (program, null);
        }

        program = program with { RoundsToStart = LoyaltyJson.Text(rounding, "strategy") == "START" };
        return LoyaltyJson.Text(rounding, "type") switch
        {
            "CUSTOM" => LoyaltyJson.Whole(rounding, "value") is >= 1 and <= 12 and var month
                ? (program with { RoundingMonth = (int)month }, null)
                : (ByBalance, new FieldProblem("expiration_date.rounding.value", "must be a month, 1 to 12")),
            var name => QualificationPeriod.Of(name) is { } period
                ? (program with { Rounding = period }, null)
                : (ByBalance, new FieldProblem("expiration_date.rounding.type", "must be MONTH, QUARTER, HALF_YEAR, YEAR or CUSTOM")),
        };
    }

    private DateOnly Rounded(DateOnly day)
    {
        if (RoundingMonth is { } month)
        {
            var first = new DateOnly(month >= day.Month ? day.Year : day.Year + 1, month, 1);
            return RoundsToStart ? first : QualificationPeriod.Month.EndOf(first);
        }

        return Rounding is not { } period ? day : RoundsToStart ? period.StartOf(day) : period.EndOf(day);
    }
}
