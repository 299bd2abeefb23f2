namespace Marketing.Filters;

/// <summary>One value inside a <see cref="FieldValues"/> buffer, valid until the buffer is filled again.</summary>
internal readonly ref struct FieldValue
{
    private readonly FieldValues? _owner;
    private readonly int _firstElement;

    /// <summary>A plain value.</summary>
    /// <param name="kind">Its type.</param>
    /// <param name="text">The unescaped text, or the digits of a number as written.</param>
    public FieldValue(FieldValueKind kind, ReadOnlySpan<byte> text)
    {
        Kind = kind;
        Text = text;
    }

    public FieldValue(FieldValues owner, int firstElement, int count)
    {
        Kind = FieldValueKind.Array;
        _owner = owner;
        _firstElement = firstElement;
        Count = count;
    }

    /// <summary>What a counter that was never written stands for.</summary>
    public static FieldValue Zero => new(FieldValueKind.Number, "0"u8);

    public FieldValueKind Kind { get; }

    public ReadOnlySpan<byte> Text { get; }

    /// <summary>Number of elements of an array.</summary>
    public int Count { get; }

    /// <summary>Missing, null and the empty text are the same: nobody told us.</summary>
    public bool IsUnknown => Kind is FieldValueKind.Missing or FieldValueKind.Null || (Kind is FieldValueKind.Text && Text.IsEmpty);

    public FieldValue this[int element] => _owner!.Element(_firstElement + element);

    /// <summary>The value as a number; text counts when it is nothing but a number.</summary>
    public bool TryGetNumber(out decimal number)
    {
        switch (Kind)
        {
            case FieldValueKind.Number:
                number = NumberText.Saturate(Text);
                return true;
            case FieldValueKind.Text:
                return NumberText.TryParse(Text, out number);
            default:
                number = 0;
                return false;
        }
    }

    /// <summary>The value as a day or an instant.</summary>
    public bool TryGetDate(out IsoDate date)
    {
        date = default;
        return Kind is FieldValueKind.Text && IsoDate.TryParse(Text, out date);
    }
}
