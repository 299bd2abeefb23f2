using Marketing.Shapes;
using static Marketing.Shapes.Fields;

namespace Marketing.Distributions;

/// <summary>What every message knows of where it comes from.</summary>
internal static class DistributionShapes
{
    public static readonly Shape Distribution = new("distribution", "The distribution that sends") { Fields = [.. Texts("id", "name")] };

    public static readonly Shape Project = new("project", "The project") { Fields = [.. Texts("id", "name")] };

    public static readonly Shape UnsubscribeUrl = new("unsubscribe_url", "Where this recipient can unsubscribe with one click") { Fields = [] };

    public static readonly Shape PreferencesUrl = new("preferences_url", "Where this recipient can choose what to be written about") { Fields = [] };

    /// <summary>The variables that every template has.</summary>
    public static readonly IReadOnlyList<string> Always = ["customer", Distribution.Name, Project.Name, UnsubscribeUrl.Name, PreferencesUrl.Name];
}
