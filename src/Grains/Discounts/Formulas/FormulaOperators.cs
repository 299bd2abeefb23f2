namespace Marketing.Discounts;

/// <summary>What the operators of formulas do. Where one side is missing, so is the whole.</summary>
internal static class FormulaOperators
{
    private static readonly Dictionary<string, Func<FormulaValue, FormulaValue, FormulaValue>> Comparisons = new(StringComparer.OrdinalIgnoreCase)
    {
        ["="] = static (one, other) => FormulaValue.Of(one.Is(other)),
        ["!="] = static (one, other) => FormulaValue.Of(!one.Is(other)),
        ["is"] = static (one, other) => FormulaValue.Of(one.Is(other)),
        ["isNot"] = static (one, other) => FormulaValue.Of(!one.Is(other)),
        [">"] = static (one, other) => Ordered(one, other, static order => order > 0),
        ["<"] = static (one, other) => Ordered(one, other, static order => order < 0),
        [">="] = static (one, other) => Ordered(one, other, static order => order >= 0),
        ["<="] = static (one, other) => Ordered(one, other, static order => order <= 0),
        ["IS_AFTER"] = static (one, other) => Dated(one, other, static order => order > 0),
        ["IS_BEFORE"] = static (one, other) => Dated(one, other, static order => order < 0),
        ["DATE_IS"] = static (one, other) => OfDay(one, other, isSame: true),
        ["DATE_IS_NOT"] = static (one, other) => OfDay(one, other, isSame: false),
        ["contains"] = static (one, other) => other.Kind == FormulaKind.Text ? FormulaValue.Of(one.Contains(other.Text)) : FormulaValue.Missing,
        ["startsWith"] = static (one, other) => Texts(one, other, static (text, part) => text.StartsWith(part, StringComparison.Ordinal)),
        ["endsWith"] = static (one, other) => Texts(one, other, static (text, part) => text.EndsWith(part, StringComparison.Ordinal)),
        ["IN_ARRAY"] = static (one, other) => FormulaValue.Of(IsAmong(one, other)),
        ["NOT_IN_ARRAY"] = static (one, other) => FormulaValue.Of(!IsAmong(one, other)),
    };

    /// <summary>Whether a token compares what stands beside it.</summary>
    public static bool IsComparison(FormulaToken token) => token.Kind is FormulaTokenKind.Mark or FormulaTokenKind.Word && Comparisons.ContainsKey(token.Text);

    /// <summary>Two parts, compared.</summary>
    public static FormulaPart Compare(string sign, FormulaPart left, FormulaPart right)
    {
        var compare = Comparisons[sign];
        return (in FormulaScope scope) => left(scope) is { Kind: not FormulaKind.Missing } one && right(scope) is { Kind: not FormulaKind.Missing } other
            ? compare(one, other)
            : FormulaValue.Missing;
    }

    /// <summary>Two numbers, made one.</summary>
    public static FormulaPart Combine(string sign, FormulaPart left, FormulaPart right) => (in FormulaScope scope) =>
    {
        if (left(scope) is not { Kind: FormulaKind.Number } one || right(scope) is not { Kind: FormulaKind.Number } other)
        {
            return FormulaValue.Missing;
        }

        return sign switch
        {
            "+" => FormulaValue.Of(one.Number + other.Number),
            "-" => FormulaValue.Of(one.Number - other.Number),
            "*" => FormulaValue.Of(one.Number * other.Number),
            "/" when other.Number != 0 => FormulaValue.Of(one.Number / other.Number),
            "%" when other.Number != 0 => FormulaValue.Of(one.Number % other.Number),
            _ => FormulaValue.Missing,
        };
    };

    /// <summary>A number, the other way round.</summary>
    public static FormulaPart Negate(FormulaPart part) =>
        (in FormulaScope scope) => part(scope) is { Kind: FormulaKind.Number } value ? FormulaValue.Of(-value.Number) : FormulaValue.Missing;

    /// <summary>Both of two; the second is not asked where the first has decided.</summary>
    public static FormulaPart And(FormulaPart left, FormulaPart right) => (in FormulaScope scope) => Junction(left, right, scope, decides: false);

    /// <summary>One of two, or both.</summary>
    public static FormulaPart Or(FormulaPart left, FormulaPart right) => (in FormulaScope scope) => Junction(left, right, scope, decides: true);

    private static FormulaValue Junction(FormulaPart left, FormulaPart right, in FormulaScope scope, bool decides)
    {
        if (left(scope) is not { Kind: FormulaKind.Truth } one)
        {
            return FormulaValue.Missing;
        }

        return one.IsTrue == decides ? one : right(scope) is { Kind: FormulaKind.Truth } other ? other : FormulaValue.Missing;
    }

    private static FormulaValue Ordered(FormulaValue one, FormulaValue other, Func<int, bool> holds) => (one.Kind, other.Kind) switch
    {
        (FormulaKind.Number, FormulaKind.Number) => FormulaValue.Of(holds(one.Number.CompareTo(other.Number))),
        (FormulaKind.Date, _) or (_, FormulaKind.Date) => Dated(one, other, holds),
        _ => FormulaValue.Missing,
    };

    private static FormulaValue Dated(FormulaValue one, FormulaValue other, Func<int, bool> holds) =>
        one.AsDate() is { } date && other.AsDate() is { } with ? FormulaValue.Of(holds(date.CompareTo(with))) : FormulaValue.Missing;

    private static FormulaValue OfDay(FormulaValue one, FormulaValue other, bool isSame) =>
        one.AsDate() is { } date && other.AsDate() is { } with ? FormulaValue.Of((date.Date == with.Date) == isSame) : FormulaValue.Missing;

    private static FormulaValue Texts(FormulaValue one, FormulaValue other, Func<string, string, bool> holds) =>
        one.Kind == FormulaKind.Text && other.Kind == FormulaKind.Text ? FormulaValue.Of(holds(one.Text, other.Text)) : FormulaValue.Missing;

    // The values stand in one text, separated by commas.
    private static bool IsAmong(FormulaValue value, FormulaValue values)
    {
        if (values.Kind != FormulaKind.Text)
        {
            return value.Is(values);
        }

        foreach (var one in values.Text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (value.Kind == FormulaKind.Number
                ? decimal.TryParse(one, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var number) && number == value.Number
                : value.Kind == FormulaKind.Text && value.Text == one)
            {
                return true;
            }
        }

        return false;
    }
}
