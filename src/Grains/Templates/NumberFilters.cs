using System.Globalization;

namespace Marketing.Templates;

/// <summary>Arithmetic in decimals, so that money stays exact. Two whole numbers divide to a whole number, rounded down.</summary>
internal static class NumberFilters
{
    public static IEnumerable<LiquidFilter> All { get; } =
    [
        new("plus", 1, 1, (_, input, arguments) => Compact(Number(input) + Number(arguments[0]))),
        new("minus", 1, 1, (_, input, arguments) => Compact(Number(input) - Number(arguments[0]))),
        new("times", 1, 1, (_, input, arguments) => Compact(Number(input) * Number(arguments[0]))),
        new("divided_by", 1, 1, (_, input, arguments) => Divide(input, arguments[0])),
        new("modulo", 1, 1, (_, input, arguments) => Modulo(Number(input), Number(arguments[0]))),
        new("round", 0, 1, (_, input, arguments) => Compact(Round(Number(input), arguments.Length == 0 ? 0 : (int)Number(arguments[0])))),
        new("floor", 0, 0, (_, input, _) => Compact(decimal.Floor(Number(input)))),
        new("ceil", 0, 0, (_, input, _) => Compact(decimal.Ceiling(Number(input)))),
        new("abs", 0, 0, (_, input, _) => Compact(Math.Abs(Number(input)))),
        new("at_least", 1, 1, (_, input, arguments) => Compact(Math.Max(Number(input), Number(arguments[0])))),
        new("at_most", 1, 1, (_, input, arguments) => Compact(Math.Min(Number(input), Number(arguments[0])))),
        new("money", 0, 1, (_, input, arguments) => Money(input, arguments)),
    ];

    /// <summary>What a value is as a number; what is none counts as zero.</summary>
    public static decimal Number(object? value) => value switch
    {
        int number => number,
        long number => number,
        decimal number => number,
        double number => (decimal)number,
        string text => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0,
        _ => 0,
    };

    /// <summary>Whole numbers become integers, which is what loops and indexes take.</summary>
    public static object Compact(decimal number) =>
        number == decimal.Truncate(number) && number is >= int.MinValue and <= int.MaxValue ? (int)number : number;

    private static object Divide(object? input, object? by)
    {
        var (left, right) = (Number(input), Number(by));
        if (right == 0)
        {
            throw new TemplateRenderException("A number is divided by 0.");
        }

        var whole = IsWhole(input) && IsWhole(by);
        return Compact(whole ? decimal.Floor(left / right) : left / right);
    }

    private static object Modulo(decimal left, decimal right) =>
        right == 0 ? throw new TemplateRenderException("A number is divided by 0.") : Compact(left - (right * decimal.Floor(left / right)));

    private static decimal Round(decimal number, int digits) => decimal.Round(number, Math.Clamp(digits, 0, 28), MidpointRounding.AwayFromZero);

    /// <summary>Minor units as an amount with two decimals, or as many as the argument says: 12345 → 123.45.</summary>
    private static string? Money(object? input, object?[] arguments)
    {
        if (input is null or "")
        {
            return null;
        }

        var digits = arguments.Length == 0 ? 2 : Math.Clamp((int)Number(arguments[0]), 0, 8);
        var amount = Number(input);
        for (var i = 0; i < digits; i++)
        {
            amount /= 10;
        }

        return decimal.Round(amount, digits, MidpointRounding.AwayFromZero).ToString($"F{digits}", CultureInfo.InvariantCulture);
    }

    private static bool IsWhole(object? value) => value switch
    {
        int or long => true,
        decimal number => number == decimal.Truncate(number) && number.Scale == 0,
        string text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        _ => false,
    };
}
