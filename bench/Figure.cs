using System.Globalization;
using System.Text.Json;

namespace Marketing.Bench;

/// <summary>A measured figure, beside what it is compared with.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Target">What it should be, or null.</param>
/// <param name="Beside">What it is compared with in the same run, or null.</param>
/// <param name="BesideValue">The figure of that.</param>
internal sealed record Figure(string Name, double Value, string Unit, double? Target = null, string? Beside = null, double? BesideValue = null)
{
    public string ToText()
    {
        var culture = CultureInfo.InvariantCulture;
        var text = string.Create(culture, $"  {Name,-44} {Value,12:N1} {Unit,-8}");
        if (Target is not null)
        {
            text += string.Create(culture, $" target {Target:N1}");
        }

        if (Beside is not null)
        {
            text += string.Create(culture, $" = {Value / BesideValue:N2} x {Beside} ({BesideValue:N1})");
        }

        return text;
    }

    public static string ToJson(string scenario, IReadOnlyList<Figure> figures) => JsonSerializer.Serialize(new { scenario, figures });
}
