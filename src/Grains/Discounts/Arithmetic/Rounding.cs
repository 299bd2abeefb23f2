namespace Marketing.Discounts;

/// <summary>How fractions of minor units become whole: half away from zero, once for each discount.</summary>
internal static class Rounding
{
    /// <summary>A part of an amount; none of these is negative, and the part is not more than the whole.</summary>
    public static long Part(long amount, long part, long whole) => part == whole ? amount : (long)(((((Int128)amount * part) * 2) + whole) / ((Int128)whole * 2));

    /// <summary>A percentage of a part of an amount, rounded once.</summary>
    public static long Percent(long amount, decimal percent, long part, long whole)
    {
        var exact = part == whole ? amount * percent / 100m : amount * percent * part / (100m * whole);
        return (long)Math.Round(exact, MidpointRounding.AwayFromZero);
    }

    /// <summary>A number that came out of a formula as a whole one; at least 0 and not more than there may be.</summary>
    public static long Whole(decimal number, long most) => number <= 0 ? 0 : number >= most ? most : (long)Math.Round(number, MidpointRounding.AwayFromZero);
}
