using System.Globalization;

namespace Marketing.Discounts;

/// <summary>The functions of formulas, by name: how many arguments they take, and what they are of those.</summary>
internal static class FormulaFunctions
{
    /// <summary>The most decimal places that are rounded to, on either side of the point.</summary>
    private const int Places = 15;

    /// <summary>The largest exponent.</summary>
    private const int Power = 100;

    private static readonly Dictionary<string, (int Least, int Most, Func<FormulaPart[], FormulaPart> Make)> Known = new(StringComparer.Ordinal)
    {
        ["IF"] = (3, 3, static parts => (in scope) => parts[0](scope) is { Kind: FormulaKind.Truth } truth ? parts[truth.IsTrue ? 1 : 2](scope) : FormulaValue.Missing),
        ["DEFAULT_TO"] = (2, 20, static parts => (in scope) => DefaultTo(parts, scope)),
        ["MIN"] = (1, 20, static parts => (in scope) => Extreme(parts, scope, Math.Min)),
        ["MAX"] = (1, 20, static parts => (in scope) => Extreme(parts, scope, Math.Max)),
        ["POW"] = (2, 2, static parts => Numbers(parts, Pow)),
        ["ROUND"] = (2, 2, static parts => Numbers(parts, static (number, places) => Scaled(number, places, static scaled => Math.Round(scaled, MidpointRounding.AwayFromZero)))),
        ["FLOOR"] = (2, 2, static parts => Numbers(parts, static (number, places) => Scaled(number, places, Math.Floor))),
        ["CEIL"] = (2, 2, static parts => Numbers(parts, static (number, places) => Scaled(number, places, Math.Ceiling))),
        ["DATE"] = (1, 1, static parts => (in scope) => FormulaValue.Of(parts[0](scope).AsDate())),
        ["DATE_TIME"] = (1, 1, static parts => (in scope) => FormulaValue.Of(parts[0](scope).AsDate())),
        ["DAY_OF_MONTH"] = (1, 1, static parts => OfDate(parts, static (date, _) => date.Day)),
        ["MONTH"] = (1, 1, static parts => OfDate(parts, static (date, _) => date.Month)),
        ["YEAR"] = (1, 1, static parts => OfDate(parts, static (date, _) => date.Year)),
        ["DAYS_SINCE"] = (1, 1, static parts => SinceThen(parts, static (date, now) => (now.Date - date.Date).Days)),
        ["MONTHS_SINCE"] = (1, 1, static parts => SinceThen(parts, Months)),
        ["YEARS_SINCE"] = (1, 1, static parts => SinceThen(parts, static (date, now) => Months(date, now) is { } months ? decimal.Floor(months / 12) : null)),
        ["DAYS_UNTIL"] = (1, 1, static parts => SinceThen(parts, static (date, now) => (date.Date - now.Date).Days)),
        ["MONTHS_UNTIL"] = (1, 1, static parts => SinceThen(parts, static (date, now) => Months(now, date))),
    };

    public static bool IsKnown(string name) => Known.ContainsKey(name);

    /// <summary>The function of its arguments, or how many it takes where these are too few or too many.</summary>
    public static (FormulaPart? Part, string? Problem) Make(string name, FormulaPart[] arguments)
    {
        var (least, most, make) = Known[name];
        return arguments.Length >= least && arguments.Length <= most
            ? (make(arguments), null)
            : (null, least == most ? $"{name} takes {least} values, separated by semicolons" : $"{name} takes {least} to {most} values, separated by semicolons");
    }

    /// <summary>What a case says whose value is the first one's, else the last.</summary>
    public static FormulaPart Switch(FormulaPart value, IReadOnlyList<(FormulaPart Is, FormulaPart Then)> cases, FormulaPart otherwise) => (in scope) =>
    {
        var found = value(scope);
        if (found.Kind == FormulaKind.Missing)
        {
            return FormulaValue.Missing;
        }

        foreach (var (one, then) in cases)
        {
            if (found.Is(one(scope)))
            {
                return then(scope);
            }
        }

        return otherwise(scope);
    };

    private static FormulaValue DefaultTo(FormulaPart[] parts, in FormulaScope scope)
    {
        foreach (var part in parts)
        {
            if (part(scope) is { Kind: not FormulaKind.Missing } value)
            {
                return value;
            }
        }

        return FormulaValue.Missing;
    }

    private static FormulaValue Extreme(FormulaPart[] parts, in FormulaScope scope, Func<decimal, decimal, decimal> choose)
    {
        decimal? chosen = null;
        foreach (var part in parts)
        {
            if (part(scope) is not { Kind: FormulaKind.Number } value)
            {
                return FormulaValue.Missing;
            }

            chosen = chosen is { } so ? choose(so, value.Number) : value.Number;
        }

        return FormulaValue.Of(chosen);
    }

    private static FormulaPart Numbers(FormulaPart[] parts, Func<decimal, decimal, decimal?> make) => (in scope) =>
        parts[0](scope) is { Kind: FormulaKind.Number } one && parts[1](scope) is { Kind: FormulaKind.Number } other ? FormulaValue.Of(make(one.Number, other.Number)) : FormulaValue.Missing;

    private static FormulaPart OfDate(FormulaPart[] parts, Func<DateTimeOffset, DateTimeOffset, decimal?> make) =>
        (in scope) => parts[0](scope).AsDate() is { } date ? FormulaValue.Of(make(date, date)) : FormulaValue.Missing;

    private static FormulaPart SinceThen(FormulaPart[] parts, Func<DateTimeOffset, DateTimeOffset, decimal?> make) => (in scope) =>
        scope.Data.Now is { } now && parts[0](scope).AsDate() is { } date ? FormulaValue.Of(make(date.ToOffset(now.Offset), now)) : FormulaValue.Missing;

    private static decimal? Months(DateTimeOffset from, DateTimeOffset to)
    {
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month;
        return to.Day < from.Day ? months - 1 : months;
    }

    private static decimal? Scaled(decimal number, decimal places, Func<decimal, decimal> round)
    {
        if (Math.Abs(places) > Places)
        {
            return null;
        }

        var scale = 1m;
        for (var at = 0; at < Math.Abs(decimal.Truncate(places)); at++)
        {
            scale *= 10;
        }

        return places < 0 ? round(number / scale) * scale : round(number * scale) / scale;
    }

    private static decimal? Pow(decimal number, decimal exponent)
    {
        if (Math.Abs(exponent) > Power || (number == 0 && exponent < 0))
        {
            return null;
        }

        if (decimal.Truncate(exponent) != exponent)
        {
            // A root is the one thing that decimals do not have.
            var root = Math.Pow((double)number, (double)exponent);
            return double.IsFinite(root) && Math.Abs(root) < 1e15 ? decimal.Parse(root.ToString("F10", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;
        }

        var power = 1m;
        for (var at = 0; at < Math.Abs(exponent); at++)
        {
            power *= number;
        }

        // Small powers come to nothing before large ones overflow.
        return exponent >= 0 ? power : power == 0 ? null : 1 / power;
    }
}
