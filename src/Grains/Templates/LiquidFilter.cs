namespace Marketing.Templates;

/// <summary>A filter of the template language.</summary>
/// <param name="Name">As authors write it.</param>
/// <param name="MinArguments">Arguments it cannot do without.</param>
/// <param name="MaxArguments">Arguments it understands.</param>
/// <param name="Apply">What it does.</param>
internal sealed record LiquidFilter(string Name, int MinArguments, int MaxArguments, Func<RenderRun, object?, object?[], object?> Apply);
