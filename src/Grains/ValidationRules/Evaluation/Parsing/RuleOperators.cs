using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Marketing.Filters;

namespace Marketing.ValidationRules;

/// <summary>
/// Reads the operators of a condition with their values. Comparisons are those of filters, under the names that rules have for them; dates are compared by the project's days.
/// </summary>
/// <param name="path">Where the operators are: <c>rules.2.conditions</c>.</param>
/// <param name="name">The condition's name, as it was written.</param>
/// <param name="kind">What it is.</param>
/// <param name="calendar">The days of the project.</param>
/// <param name="problems">Where to say what is wrong.</param>
internal sealed class RuleOperators(string path, string name, RuleKind kind, ZoneCalendar calendar, FilterProblems problems)
{
    private const decimal LargestLimit = 1_000_000_000_000_000;

    private static readonly string[] Equality = ["$is", "$is_not", "$in", "$not_in"];
    private static readonly string[] Orders = ["$less_than", "$less_than_or_equal", "$more_than", "$more_than_or_equal", "$greater_than", "$greater_than_or_equal"];
    private static readonly string[] Texts = ["$starts_with", "$ends_with", "$contains", "$not_contain"];
    private static readonly string[] Dates =
        ["$after", "$before", "$more_than_ago", "$less_than_ago", "$is_days_ago", "$more_than_future", "$less_than_future", "$is_days_in_future", "$dow"];

    private static readonly Dictionary<RuleOperands, string[]> Allowed = new()
    {
        [RuleOperands.Figure] = [.. Equality, .. Orders],
        [RuleOperands.Word] = [.. Equality, .. Texts],
        [RuleOperands.Metadata] =
        [
            .. Equality, .. Orders, .. Texts, "$has_value", "$is_unknown", "$count", "$count_less", "$count_more", "$not_differ", "$not_intersect", .. Dates,
            "$timeframe", "$timeframe_absolute", "$timeframe_daily_hours",
        ],
        [RuleOperands.Segments] = Equality,
        [RuleOperands.Items] = [.. Equality, "$from"],
        [RuleOperands.Switch] = ["$is", "$is_not"],
        [RuleOperands.Limit] = ["$is", "$less_than", "$less_than_or_equal"],
    };

    private readonly FilterField _field = new([name], kind.Operands switch
    {
        RuleOperands.Figure or RuleOperands.Limit => FieldKind.Number,
        RuleOperands.Word or RuleOperands.Segments => FieldKind.Text,
        _ => FieldKind.Any,
    });

    private readonly List<Condition> _conditions = [];
    private readonly List<(bool Excludes, string[] Ids)> _segments = [];
    private readonly List<(bool Excludes, ItemReference[] Items)> _items = [];

    public IReadOnlyCollection<Condition> Conditions => _conditions;

    public IReadOnlyList<(bool Excludes, string[] Ids)> Segments => _segments;

    public ItemTest Items => new(_items, From);

    /// <summary>Of a switch; on where nothing is said.</summary>
    public bool IsOn { get; private set; } = true;

    /// <summary>Of a limit.</summary>
    public long Most { get; private set; } = long.MaxValue;

    private ItemReference[]? From { get; set; }

    /// <summary>The operators that a kind takes.</summary>
    public static IReadOnlyList<string> For(RuleOperands operands) => Allowed[operands];

    public void Read(JsonElement conditions)
    {
        if (conditions.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined or JsonValueKind.Null))
        {
            problems.Add(path, "must be an object of operators and their values.");
            return;
        }

        var any = false;
        foreach (var (operation, value) in conditions.ValueKind is JsonValueKind.Object ? conditions.EnumerateObject().Select(static one => (one.Name, one.Value)) : [])
        {
            any = true;
            var place = $"{path}.{PlainText.Start(operation, 60)}";
            if (!Allowed[kind.Operands].Contains(operation))
            {
                problems.Add(place, $"is not an operator of '{name}'; it takes {string.Join(", ", Allowed[kind.Operands])}.");
            }
            else
            {
                ReadOne(operation, place, value);
            }
        }

        if (!any && kind.Operands is not (RuleOperands.Items or RuleOperands.Switch))
        {
            problems.Add(path, $"needs at least one condition; '{name}' takes {string.Join(", ", Allowed[kind.Operands])}.");
        }
    }

    private void ReadOne(string operation, string place, JsonElement value)
    {
        var reader = new OperandReader(place, value, _field, calendar, problems);
        var excludes = operation is "$is_not" or "$not_in";
        switch (kind.Operands)
        {
            case RuleOperands.Segments:
                _segments.Add((excludes, [.. reader.Texts().Select(Encoding.UTF8.GetString)]));
                break;
            case RuleOperands.Items when operation is "$from":
                From = new ItemReader(place, kind.Item, problems).Read(value);
                break;
            case RuleOperands.Items:
                _items.Add((excludes, new ItemReader(place, kind.Item, problems).Read(value)));
                break;
            case RuleOperands.Switch:
                IsOn = reader.Flag() != excludes;
                break;
            case RuleOperands.Limit:
                ReadLimit(operation, place, reader.OneNumber());
                break;
            default:
                if (Build(operation, place, value, reader) is { } condition)
                {
                    _conditions.Add(condition);
                }

                break;
        }
    }

    // One that is asked for exactly is the most as well: otherwise the first could never be redeemed where the third is meant.
    private void ReadLimit(string operation, string place, decimal number)
    {
        var least = operation is "$less_than" ? 1 : 0;
        if (number < least || number > LargestLimit || !decimal.IsInteger(number))
        {
            problems.Add(place, $"must be a whole number from {least} to {LargestLimit}.");
            return;
        }

        Most = Math.Min(Most, (long)number - least);
    }

    private Condition? Build(string operation, string place, JsonElement value, OperandReader reader) => operation switch
    {
        "$dow" => new CalendarPartCondition(static date => (int)date.DayOfWeek, reader.Wholes(0, 6), calendar),
        "$not_differ" => new EveryElementCondition(new EqualityCondition(reader.Operands(), calendar)),
        "$not_intersect" => new NotCondition(new EqualityCondition(reader.Operands(), calendar)),
        "$timeframe" or "$timeframe_absolute" or "$timeframe_daily_hours" => new TimeframeReader(place, calendar, problems).Read(operation, value),
        "$less_than" or "$less_than_or_equal" or "$more_than" or "$more_than_or_equal" or "$greater_than" or "$greater_than_or_equal" when IsDate(value) =>
            new DateOrderCondition(OrderOf(operation), reader.OneDate(), calendar),
        _ => TryFind(operation, place, out var found) ? found.Build(reader) : null,
    };

    private bool TryFind(string operation, string place, [NotNullWhen(true)] out FilterOperator? found)
    {
        found = FilterOperators.Find(FilterName(operation), _field, out var refusal);
        if (found is null)
        {
            problems.Add(place, refusal);
        }

        return found is not null;
    }

    private static string FilterName(string operation) => operation switch
    {
        "$less_than_or_equal" => "$less_than_equal",
        "$more_than_or_equal" or "$greater_than_or_equal" => "$more_than_equal",
        "$greater_than" => "$more_than",
        _ => operation,
    };

    private static Comparison OrderOf(string operation) => operation switch
    {
        "$less_than" => Comparison.Less,
        "$less_than_or_equal" => Comparison.LessOrEqual,
        "$more_than" or "$greater_than" => Comparison.More,
        _ => Comparison.MoreOrEqual,
    };

    // Metadata may be a date, and a date is no number.
    private bool IsDate(JsonElement value)
    {
        var one = value.ValueKind is JsonValueKind.Array && value.GetArrayLength() == 1 ? value[0] : value;
        return _field.Kind is FieldKind.Any && one.ValueKind is JsonValueKind.String && IsoDate.TryParse(Encoding.UTF8.GetBytes(one.GetString()!), out _);
    }
}
