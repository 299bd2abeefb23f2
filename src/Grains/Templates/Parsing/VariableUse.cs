namespace Marketing.Templates;

/// <summary>A variable a template reads.</summary>
/// <param name="Parts">The names on the path, up to the first index that is only known while rendering.</param>
/// <param name="Offset">Where it stands in the template.</param>
internal readonly record struct VariableUse(IReadOnlyList<string> Parts, int Offset);
