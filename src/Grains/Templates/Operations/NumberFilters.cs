using System.Globalization;
using Fluid.Values;

namespace Marketing.Templates;

/// <summary>Arithmetic in decimals, so that money stays exact. Whole numbers stay whole and numbers with decimals keep theirs: 4 and 4.0 are printed differently.</summary>
internal static class NumberFilters
{
    public static IEnumerable<LiquidFilter> All { get; } =
    [
        new("plus", 1, 1, (_, input, arguments) => With(input, arguments[0], (left, right) => left + right)),
        new("minus", 1, 1, (_, input, arguments) => With(input, arguments[0], (left, right) => left - right)),
        new("times", 1, 1, (_, input, arguments) => With(input, arguments[0], (left, right) => left * right)),
        new("divided_by", 1, 1, (_, input, arguments) => With(input, arguments[0], Divide)),
        new("modulo", 1, 1, (_, input, arguments) => With(input, arguments[0], (left, right) => left - (right * decimal.Floor(left / NotZero(right))))),
        new("round", 0, 1, (_, input, arguments) => Round(Of(input), arguments.Length == 0 ? 0 : Whole(arguments[0]))),
        new("floor", 0, 0, (_, input, _) => NumberValue.Create(decimal.Floor(Of(input)))),
        new("ceil", 0, 0, (_, input, _) => NumberValue.Create(decimal.Ceiling(Of(input)))),
        new("abs", 0, 0, (_, input, _) => NumberValue.Create(Math.Abs(Of(input)))),
        new("at_least", 1, 1, (_, input, arguments) => NumberValue.Create(Math.Max(Of(input), Of(arguments[0])))),
        new("at_most", 1, 1, (_, input, arguments) => NumberValue.Create(Math.Min(Of(input), Of(arguments[0])))),
        new("money", 0, 1, (_, input, arguments) => input.IsNil() || LiquidText.Of(input).Length == 0 ? NilValue.Instance
            : new StringValue(Money(Of(input), arguments.Length == 0 ? 2 : Math.Clamp(Whole(arguments[0]), 0, 8)))),
    ];

    /// <summary>What a value is as a number. A text counts if it is one, or else by the whole number it begins with; what is none counts as zero.</summary>
    public static decimal Of(FluidValue value) => value switch
    {
        NumberValue => value.ToNumberValue(),
        StringValue => Parse(value.ToStringValue().Trim()),
        _ => 0,
    };

    public static int Whole(FluidValue value) => (int)Math.Clamp(decimal.Truncate(Of(value)), int.MinValue, int.MaxValue);

    private static decimal Parse(string text)
    {
        var sign = text.StartsWith('-') ? 1 : 0;
        var digits = text.AsSpan(sign).IndexOfAnyExceptInRange('0', '9') is var end && end < 0 ? text.Length : sign + end;
        var isDecimal = digits > sign && digits + 1 < text.Length && text[digits] == '.' && !text.AsSpan(digits + 1).ContainsAnyExceptInRange('0', '9');
        return decimal.TryParse(isDecimal ? text : text[..digits], NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    private static NumberValue With(FluidValue input, FluidValue argument, Func<decimal, decimal, decimal> calculate)
    {
        var (left, right) = (Of(input), Of(argument));
        var result = calculate(left, right);
        return NumberValue.Create(result.Scale == 0 && left.Scale + right.Scale > 0 ? result * 1.0m : result);
    }

    private static decimal Divide(decimal left, decimal right) =>
        left.Scale + right.Scale > 0 ? left / NotZero(right) : decimal.Floor(left / NotZero(right));

    private static decimal NotZero(decimal number) => number == 0 ? throw new TemplateRenderException("A number is divided by 0.") : number;

    private static NumberValue Round(decimal number, int digits)
    {
        var unit = 1m;
        for (var i = digits; i is < 0 and > -29; i++)
        {
            unit *= 10;
        }

        var rounded = decimal.Round(number / unit, Math.Clamp(digits, 0, 28), MidpointRounding.AwayFromZero) * unit;
        return NumberValue.Create(digits <= 0 ? decimal.Truncate(rounded) : number.Scale > 0 && rounded.Scale == 0 ? rounded * 1.0m : rounded);
    }

    /// <summary>Minor units as an amount with so many decimals: 12345 → 123.45.</summary>
    private static string Money(decimal amount, int digits)
    {
        for (var i = 0; i < digits; i++)
        {
            amount /= 10;
        }

        return decimal.Round(amount, digits, MidpointRounding.AwayFromZero).ToString($"F{digits}", CultureInfo.InvariantCulture);
    }
}
