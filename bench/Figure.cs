using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketing.Bench;

/// <summary>A measured figure, beside what it is compared with.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Target">What it should be, or null.</param>
/// <param name="Beside">What it is compared with in the same run, or null.</param>
/// <param name="BesideValue">The figure of that.</param>
/// <param name="Goal">The row of the table of targets it belongs to, or null.</param>
internal sealed record Figure(
    string Name, double Value, string Unit, double? Target = null, string? Beside = null, double? BesideValue = null, Goal? Goal = null)
{
    // A comparison that was left out is no number.
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public double? Ratio => Value / BesideValue;

    public string ToText()
    {
        var culture = CultureInfo.InvariantCulture;
        var text = string.Create(culture, $"  {Name,-64} {Format(Value),12} {Unit,-8}");
        if (Target is not null)
        {
            text += string.Create(culture, $" target {Target:N1}");
        }

        if (Beside is not null)
        {
            text += string.Create(culture, $" = {Ratio:N2} x {Beside} ({Format(BesideValue!.Value)})");
        }

        return Goal is null ? text : text + $" must {Goal.Must}, aim {Goal.Aim}";
    }

    /// <summary>A row of the table of targets.</summary>
    public string ToMarkdown()
    {
        var beside = Beside is null ? "–" : $"{Beside}: {Format(BesideValue!.Value)} {Unit}";
        var ratio = Ratio is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:N2} ×") : "–";
        return $"| {Goal!.Row} | {Format(Value)} {Unit} | {beside} | {ratio} | {Goal.Must} | {Goal.Aim} |";
    }

    public static string ToJson(string scenario, IReadOnlyList<Figure> figures) => JsonSerializer.Serialize(new { scenario, figures }, Json);

    private static string Format(double value) => value.ToString(Math.Abs(value) < 10 ? "N3" : "N1", CultureInfo.InvariantCulture);
}
