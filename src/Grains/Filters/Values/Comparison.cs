using System.Diagnostics;

namespace Marketing.Filters;

/// <summary>The four orders.</summary>
internal enum Comparison
{
    More,
    MoreOrEqual,
    Less,
    LessOrEqual,
}

internal static class Comparisons
{
    /// <param name="comparison">The order wanted.</param>
    /// <param name="sign">The result of comparing the value with the operand.</param>
    public static bool Accepts(this Comparison comparison, int sign) => comparison switch
    {
        Comparison.More => sign > 0,
        Comparison.MoreOrEqual => sign >= 0,
        Comparison.Less => sign < 0,
        Comparison.LessOrEqual => sign <= 0,
        _ => throw new UnreachableException(),
    };
}
