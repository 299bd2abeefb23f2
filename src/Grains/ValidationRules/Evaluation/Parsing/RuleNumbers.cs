using System.Globalization;
using System.Text.Json;
using Marketing.Filters;

namespace Marketing.ValidationRules;

/// <summary>Reads objects whose fields are numbered from 1.</summary>
internal static class RuleNumbers
{
    /// <summary>Those that are numbered, in order; the others must be among the known.</summary>
    /// <param name="path">Where the object is.</param>
    /// <param name="numbered">The object.</param>
    /// <param name="most">The most there may be.</param>
    /// <param name="problems">Where to say what is wrong.</param>
    /// <param name="known">Fields that are no rules.</param>
    public static IReadOnlyList<JsonElement> Read(string path, JsonElement numbered, int most, FilterProblems problems, params ReadOnlySpan<string> known)
    {
        var found = new SortedDictionary<int, JsonElement>();
        foreach (var field in numbered.EnumerateObject())
        {
            if (known.Contains(field.Name))
            {
                continue;
            }

            if (!int.TryParse(field.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || field.Name[0] == '0')
            {
                problems.Add($"{path}.{PlainText.Start(field.Name, 40)}", $"is not known here; rules are numbered from 1{(known.Length == 0 ? "" : $", beside them there is {string.Join(", ", known!)}")}.");
            }
            else if (!found.TryAdd(number, field.Value))
            {
                problems.Add($"{path}.{number}", "appears twice.");
            }
        }

        if (found.Count > most)
        {
            problems.Add(path, $"has {found.Count} rules; {most} are allowed.");
            return [];
        }

        var next = 1;
        foreach (var number in found.Keys)
        {
            if (number != next)
            {
                problems.Add(path, $"must be numbered consecutively from 1; {next} is missing.");
                break;
            }

            next++;
        }

        return [.. found.Values];
    }
}
