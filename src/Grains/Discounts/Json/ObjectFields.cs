using System.Collections.Immutable;
using System.Text.Json;
using Marketing.Json;

namespace Marketing.Discounts;

/// <summary>Reads the fields of an object and collects what is wrong with them, each by its path and what would be right.</summary>
/// <param name="of">The object.</param>
/// <param name="path">Its path; empty for a whole body.</param>
/// <param name="problems">Where problems go.</param>
internal readonly struct ObjectFields(JsonElement of, string path, List<FieldProblem> problems)
{
    /// <summary>Whether something is there; null is nothing.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>Whether null is there.</summary>
    public bool IsNull(string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;

    public JsonElement? Find(string name) => of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A whole number.</summary>
    public long? Whole(string name, long least, long most)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (JsonNumbers.TryWhole(value, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Refuse(name, $"must be a whole number from {least} to {most}");
        return null;
    }

    /// <summary>A number with as many decimals as it has.</summary>
    public decimal? Number(string name, decimal least, decimal most)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (JsonNumbers.TryDecimal(value, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Refuse(name, $"must be a number from {least} to {most}");
        return null;
    }

    /// <summary>A text that is not empty.</summary>
    public string? Text(string name, int longest)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && text.Length <= longest)
        {
            return text;
        }

        Refuse(name, $"must be a text of 1 to {longest} characters");
        return null;
    }

    /// <summary>One of the names there are.</summary>
    public TChoice? Choice<TChoice>(string name)
        where TChoice : struct, Enum
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && WireNames<TChoice>.TryParse(value.GetString()!, out var choice))
        {
            return choice;
        }

        Refuse(name, $"must be one of: {WireNames<TChoice>.All}");
        return null;
    }

    /// <summary>Texts, each once.</summary>
    public ImmutableHashSet<string>? Texts(string name, int most, int longest)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most
            && value.EnumerateArray().All(text => text.ValueKind == JsonValueKind.String && text.GetString() is { Length: > 0 } one && one.Length <= longest))
        {
            return [.. value.EnumerateArray().Select(text => text.GetString()!)];
        }

        Refuse(name, $"must be an array of at most {most} texts of 1 to {longest} characters");
        return null;
    }

    /// <summary>A compiled formula.</summary>
    public Formula? Formula(string name)
    {
        if (Text(name, FormulaParser.Longest) is not { } text)
        {
            return null;
        }

        var (formula, problem) = FormulaParser.Parse(text);
        if (problem is not null)
        {
            Refuse(name, problem.ToString());
        }

        return formula;
    }

    /// <summary>Says that a field must be there, where it is not.</summary>
    public void Require(string name)
    {
        if (!Has(name))
        {
            Refuse(name, "is required");
        }
    }

    public void Refuse(string name, string message) => problems.Add(new FieldProblem(path.Length == 0 ? name : $"{path}.{name}", message));
}
