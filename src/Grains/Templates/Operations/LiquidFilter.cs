using Fluid.Values;

namespace Marketing.Templates;

/// <summary>A filter of the template language.</summary>
/// <param name="Name">As authors write it.</param>
/// <param name="MinArguments">Arguments it cannot do without.</param>
/// <param name="MaxArguments">Arguments it understands.</param>
/// <param name="Apply">What it does.</param>
/// <param name="Named">Its last argument is written with this name.</param>
internal sealed record LiquidFilter(
    string Name, int MinArguments, int MaxArguments, Func<RenderRun, FluidValue, FluidValue[], FluidValue> Apply, string? Named = null)
{
    public static IReadOnlyDictionary<string, LiquidFilter> All { get; } =
        TextFilters.All.Concat(ListFilters.All).Concat(NumberFilters.All).ToDictionary(filter => filter.Name, StringComparer.Ordinal);

    /// <summary>How many arguments, in words.</summary>
    public string Takes => (MinArguments, MaxArguments) switch
    {
        (0, 0) => "no arguments",
        (1, 1) => "1 argument",
        var (min, max) when min == max => $"{max} arguments",
        var (min, max) => $"{min} to {max} arguments",
    };
}
