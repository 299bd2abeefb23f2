namespace Marketing.Filters;

/// <summary>
/// Equal to any of the operands. Text is compared byte for byte, upper and lower case being different: the reference says
/// "value is exactly this value" and knows no case-insensitive variant. Dates follow <see cref="IsoDate.CompareTo"/>.
/// </summary>
internal sealed class EqualityCondition(IReadOnlyList<Operand> operands, ZoneCalendar calendar) : ScalarCondition
{
    private readonly Operand[] _operands = [.. operands];
    private readonly bool _hasDates = operands.Any(operand => operand.Date is not null);
    private readonly bool _hasNumbersForText = operands.Any(operand => operand.MeetsNumericText);

    public override bool ReadsCalendar => _hasDates;

    protected override bool HoldsFor(FieldValue value, long now) => value.Kind switch
    {
        FieldValueKind.Text => HoldsForText(value),
        FieldValueKind.Number => HoldsForNumber(value),
        FieldValueKind.True => HoldsForBoolean(true),
        FieldValueKind.False => HoldsForBoolean(false),
        _ => false,
    };

    private bool HoldsForText(FieldValue value)
    {
        foreach (var operand in _operands)
        {
            if (operand.Text is { } text && value.Text.SequenceEqual(text))
            {
                return true;
            }
        }

        return (_hasNumbersForText && value.TryGetNumber(out var number) && HoldsForNumber(number, inText: true))
            || (_hasDates && value.TryGetDate(out var date) && HoldsForDate(date));
    }

    private bool HoldsForNumber(FieldValue value) => value.TryGetNumber(out var number) && HoldsForNumber(number, inText: false);

    private bool HoldsForNumber(decimal number, bool inText)
    {
        foreach (var operand in _operands)
        {
            if (operand.Number == number && (!inText || operand.MeetsNumericText))
            {
                return true;
            }
        }

        return false;
    }

    private bool HoldsForDate(IsoDate date)
    {
        foreach (var operand in _operands)
        {
            if (operand.Date is { } other && date.CompareTo(other, calendar) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool HoldsForBoolean(bool value)
    {
        foreach (var operand in _operands)
        {
            if (operand.Boolean == value)
            {
                return true;
            }
        }

        return false;
    }
}
