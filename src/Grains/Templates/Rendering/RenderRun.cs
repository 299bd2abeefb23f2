using System.Globalization;
using Fluid;
using Fluid.Values;

namespace Marketing.Templates;

/// <summary>What one rendering carries along, beside the variables it assigns.</summary>
internal sealed class RenderRun(TemplateModel model, TemplateKind kind, TimeProvider clock) : TemplateContext(Limits)
{
    /// <summary>Statements and rounds of loops.</summary>
    public const int MostSteps = 1_000_000;

    private static readonly TemplateOptions Limits = new() { CultureInfo = CultureInfo.InvariantCulture, MaxSteps = MostSteps };

    public TemplateModel Data => model;

    public TemplateKind Kind => kind;

    public TimeProvider Clock => clock;

    /// <summary>What is counted: increments by their names, turns of cycles and where loops go on by keys that are no names.</summary>
    public Dictionary<string, int> Counters { get; } = new(StringComparer.Ordinal);

    /// <summary>A name introduced by the template itself hides the model's.</summary>
    public FluidValue Root(string name) =>
        GetValue(name) is var local && !ReferenceEquals(local, UndefinedValue.Instance) ? local
        : model.TryGetRoot(name, out var value) ? value
        : Counters.TryGetValue(name, out var count) ? NumberValue.Create(count) : NilValue.Instance;
}
