using System.Globalization;
using System.Text.Json;
using Marketing.Filters;

namespace Marketing.ValidationRules;

/// <summary>Reads the fields of an object within a rule. Absent, null and an empty text are not given; what does not fit becomes a problem with its place.</summary>
internal sealed class PartReader(string path, JsonElement part, FilterProblems problems)
{
    public string? Text(string name, int maxLength = ValidationRuleLimits.Name)
    {
        if (!part.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.String || value.GetString()!.Length > maxLength)
        {
            problems.Add($"{path}.{name}", $"must be a text of at most {maxLength} characters.");
            return null;
        }

        return value.GetString() is { Length: > 0 } text ? text : null;
    }

    public string? OneOf(string name, IReadOnlyList<string> allowed)
    {
        var word = Text(name);
        if (word is not null && !allowed.Contains(word))
        {
            problems.Add($"{path}.{name}", $"must be one of {string.Join(", ", allowed)}.");
            return null;
        }

        return word;
    }

    /// <summary>A whole number; one that is written as a text is one as well.</summary>
    public long? Whole(string name, long min, long max)
    {
        if (!part.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        decimal number = default;
        var isNumber = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDecimal(out number),
            JsonValueKind.String => decimal.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
        if (!isNumber || number < min || number > max || !decimal.IsInteger(number))
        {
            problems.Add($"{path}.{name}", $"must be a whole number from {min} to {max}.");
            return null;
        }

        return (long)number;
    }

    /// <summary>Refuses a field that nothing here would keep to.</summary>
    public void Refuse(string name, string message)
    {
        if (part.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null)
        {
            problems.Add($"{path}.{name}", message);
        }
    }
}
