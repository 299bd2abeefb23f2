using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Marketing.Filters;

/// <summary>
/// Reads the values of one operator. Those that do not fit become problems and a harmless one is handed out instead, so that the table of operators
/// can be plain expressions.
/// </summary>
internal sealed class OperandReader(string path, JsonElement value, FilterField field, ZoneCalendar calendar, FilterProblems problems)
{
    private const int MaxValues = 200;
    private const int MaxLength = 1_000;
    private const string NumberExpected = "must be a number.";
    private const string DateExpected = "must be a date: YYYY-MM-DD, with or without a time.";

    public FilterField Field { get; } = field;

    public ZoneCalendar Calendar => calendar;

    /// <summary>The value of a presence operator; the query form of the API writes true as an empty text.</summary>
    public bool Flag() => One(Boolean, "must be true or false.") ?? true;

    /// <summary>The value of an operator that asks one fixed question and cannot be turned around.</summary>
    public void Asked()
    {
        if (One(Boolean, "must be true.") is false)
        {
            Refuse(path, "must be true.");
        }
    }

    public decimal OneNumber() => One(Number, NumberExpected) ?? 0;

    public IsoDate OneDate() => One(Date, DateExpected) ?? default;

    public int OneWhole(int min, int max) => One(element => Whole(element, min, max, []), $"must be a whole number from {min} to {max}.") ?? min;

    /// <param name="min">The smallest number allowed, and the number of the first name.</param>
    /// <param name="max">The largest number allowed.</param>
    /// <param name="names">Names that stand for numbers.</param>
    public IReadOnlyList<int> Wholes(int min, int max, params string[] names) => All(
        element => Whole(element, min, max, names),
        $"must be a whole number from {min} to {max}{(names.Length == 0 ? "" : $", or a name like {names[0]}")}.");

    /// <summary>Parts of text.</summary>
    public IReadOnlyList<byte[]> Texts() => [.. Written("must be a text that is not empty.").Select(written => written.Text)];

    /// <summary>Values to be equal to.</summary>
    public IReadOnlyList<Operand> Operands() => Field.Kind switch
    {
        FieldKind.Number => [.. All(Number, NumberExpected).Select(number => new Operand(null, number, MeetsNumericText: true, null, null))],
        FieldKind.Date => [.. All(Date, DateExpected).Select(date => new Operand(null, null, false, null, date))],
        _ => [.. Written("must be a text that is not empty, a number, true or false.").Select(written => Loose(written.Element, written.Text))],
    };

    public IReadOnlyList<GeoShape> Shapes()
    {
        var shapes = new List<GeoShape>();
        foreach (var (place, element) in Items())
        {
            if (GeoShapeParser.Parse(element, out var refusal) is { } shape)
            {
                shapes.Add(shape);
            }
            else
            {
                Refuse(place + refusal.Path, refusal.Message);
            }
        }

        return shapes;
    }

    private Operand Loose(JsonElement element, byte[] text) => new(
        text,
        NumberText.TryParse(text, out var number) ? number : null,
        MeetsNumericText: element.ValueKind is JsonValueKind.Number,
        Boolean(element),
        Field.Kind is FieldKind.Any && IsoDate.TryParse(text, out var date) ? date : null);

    private List<(JsonElement Element, byte[] Text)> Written(string expectation) =>
        All<(JsonElement Element, byte[] Text)>(element => Text(element) is { Length: > 0 } text ? (element, text) : null, expectation);

    private T? One<T>(Func<JsonElement, T?> read, string expectation)
        where T : struct
    {
        var all = All(read, expectation);
        if (all.Count > 1)
        {
            Refuse(path, "takes one value only.");
        }

        return all.Count == 1 ? all[0] : null;
    }

    private List<T> All<T>(Func<JsonElement, T?> read, string expectation)
        where T : struct
    {
        var all = new List<T>();
        foreach (var (place, element) in Items())
        {
            if (LengthOf(element) > MaxLength)
            {
                Refuse(place, $"is longer than {MaxLength} characters.");
            }
            else if (read(element) is { } one)
            {
                all.Add(one);
            }
            else
            {
                Refuse(place, expectation);
            }
        }

        return all;
    }

    private IEnumerable<(string Place, JsonElement Element)> Items()
    {
        if (value.ValueKind is not JsonValueKind.Array)
        {
            return [(path, value)];
        }

        var count = value.GetArrayLength();
        if (count is 0 or > MaxValues)
        {
            Refuse(path, count == 0 ? "needs a value." : $"has {count} values; {MaxValues} are allowed.");
            return [];
        }

        return value.EnumerateArray().Select((element, index) => ($"{path}[{index}]", element));
    }

    private void Refuse(string place, string message) => problems.Add(place, message);

    private static int LengthOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!.Length,
        JsonValueKind.Number => JsonMarshal.GetRawUtf8Value(element).Length,
        _ => 0,
    };

    private static bool? Boolean(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => element.GetString() switch
        {
            "true" or "" => true,
            "false" => false,
            _ => null,
        },
        _ => null,
    };

    private static byte[]? Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Encoding.UTF8.GetBytes(element.GetString()!),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => JsonMarshal.GetRawUtf8Value(element).ToArray(),
        _ => null,
    };

    private static decimal? Number(JsonElement element) =>
        element.ValueKind is JsonValueKind.Number or JsonValueKind.String && NumberText.TryParse(Text(element), out var number) ? number : null;

    private static IsoDate? Date(JsonElement element) =>
        element.ValueKind is JsonValueKind.String && IsoDate.TryParse(Text(element), out var date) ? date : null;

    private static int? Whole(JsonElement element, int min, int max, string[] names)
    {
        if (Number(element) is { } number)
        {
            return number >= min && number <= max && decimal.IsInteger(number) ? (int)number : null;
        }

        var named = element.ValueKind is JsonValueKind.String
            ? Array.FindIndex(names, name => name.Equals(element.GetString(), StringComparison.OrdinalIgnoreCase))
            : -1;
        return named < 0 ? null : min + named;
    }
}
