using System.Text.Json;
using Marketing.Json;

namespace Marketing.Carts;

/// <summary>Reads the numbers of an order or a line, and keeps the first thing that is wrong.</summary>
/// <param name="path">Of what they are in; empty for the order.</param>
internal struct CartNumbers(string path)
{
    /// <summary>What is wrong, if anything is.</summary>
    public FieldProblem? Problem { get; private set; }

    /// <summary>A whole number that is not negative, or null where there is none.</summary>
    public long? Whole(JsonElement of, string name, long most)
    {
        if (!of.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (!JsonNumbers.TryWhole(value, out var number))
        {
            Refuse(name, "must be a whole number");
        }
        else if (number < 0)
        {
            Refuse(name, "must be >= 0");
        }
        else if (number > most)
        {
            Refuse(name, $"must be <= {most}");
        }
        else
        {
            return number;
        }

        return null;
    }

    public void Refuse(string name, string message) => Refuse(new FieldProblem(path.Length == 0 || name.Length == 0 ? path + name : $"{path}.{name}", message));

    public void Refuse(FieldProblem problem) => Problem ??= problem;
}
