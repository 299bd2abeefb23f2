using System.Globalization;
using System.Text.Json;

namespace Marketing.Discounts;

/// <summary>What a part of a formula comes to.</summary>
internal enum FormulaKind
{
    /// <summary>It cannot be told.</summary>
    Missing,
    Number,
    Text,
    Truth,

    /// <summary>An instant, or the beginning of a day.</summary>
    Date,
    List,
}

/// <summary>A value in a formula.</summary>
internal readonly record struct FormulaValue
{
    private FormulaValue(FormulaKind kind) => Kind = kind;

    public static FormulaValue Missing => default;

    public FormulaKind Kind { get; }

    public decimal Number { get; private init; }

    public string Text { get; private init; } = "";

    public bool IsTrue { get; private init; }

    public DateTimeOffset Date { get; private init; }

    public JsonElement List { get; private init; }

    public static FormulaValue Of(decimal number) => new(FormulaKind.Number) { Number = number };

    public static FormulaValue Of(decimal? number) => number is { } known ? Of(known) : Missing;

    public static FormulaValue Of(string text) => new(FormulaKind.Text) { Text = text };

    public static FormulaValue Of(bool truth) => new(FormulaKind.Truth) { IsTrue = truth };

    public static FormulaValue Of(DateTimeOffset? date) => date is { } known ? new(FormulaKind.Date) { Date = known } : Missing;

    /// <summary>A value of the shop's own attributes.</summary>
    public static FormulaValue Of(JsonElement metadata, string name)
    {
        if (metadata.ValueKind != JsonValueKind.Object || !metadata.TryGetProperty(name, out var value))
        {
            return Missing;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetDecimal(out var number) => Of(number),
            JsonValueKind.String => Of(value.GetString()!),
            JsonValueKind.True => Of(true),
            JsonValueKind.False => Of(false),
            JsonValueKind.Array => new(FormulaKind.List) { List = value },
            _ => Missing,
        };
    }

    /// <summary>The value as a date, which a text may be.</summary>
    public DateTimeOffset? AsDate() => Kind switch
    {
        FormulaKind.Date => Date,
        FormulaKind.Text when DateTimeOffset.TryParse(Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) => date,
        _ => null,
    };

    /// <summary>Whether both are the same; what is of different kinds is not.</summary>
    public bool Is(FormulaValue other) => Kind == other.Kind && Kind switch
    {
        FormulaKind.Number => Number == other.Number,
        FormulaKind.Text => Text == other.Text,
        FormulaKind.Truth => IsTrue == other.IsTrue,
        FormulaKind.Date => Date == other.Date,
        FormulaKind.List => JsonElement.DeepEquals(List, other.List),
        _ => false,
    };

    /// <summary>Whether it is, or has among its parts, a text.</summary>
    public bool Contains(string text)
    {
        if (Kind != FormulaKind.List)
        {
            return Kind == FormulaKind.Text && Text.Contains(text, StringComparison.Ordinal);
        }

        foreach (var part in List.EnumerateArray())
        {
            if (part.ValueKind == JsonValueKind.String && part.ValueEquals(text))
            {
                return true;
            }
        }

        return false;
    }
}
