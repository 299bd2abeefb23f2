namespace Marketing.Templates;

/// <summary>A filter of the template language.</summary>
/// <param name="Name">As authors write it.</param>
/// <param name="MinArguments">Arguments it cannot do without.</param>
/// <param name="MaxArguments">Arguments it understands.</param>
/// <param name="Apply">What it does.</param>
internal sealed record LiquidFilter(string Name, int MinArguments, int MaxArguments, Func<RenderRun, object?, object?[], object?> Apply)
{
    /// <summary>How many arguments, in words.</summary>
    public string Takes => (MinArguments, MaxArguments) switch
    {
        (0, 0) => "no arguments",
        (1, 1) => "1 argument",
        var (min, max) when min == max => $"{max} arguments",
        var (min, max) => $"{min} to {max} arguments",
    };
}
