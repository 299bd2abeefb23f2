namespace Marketing.Templates;

/// <summary>
/// The variables a template may use: which roots exist for a trigger and action, and which fields each has. Unknown names are
/// reported when a draft is validated.
/// </summary>
/// <param name="Roots">Root variable → its fields.</param>
internal sealed record TemplateScope(IReadOnlyDictionary<string, VariableShape> Roots);

/// <summary>What is known of a variable.</summary>
/// <param name="Fields">Known fields by name; null when any field may exist, as below <c>metadata</c>.</param>
/// <param name="Description">One line for the builder's list of variables.</param>
internal sealed record VariableShape(IReadOnlyDictionary<string, VariableShape>? Fields, string? Description = null)
{
    /// <summary>Any field may exist below.</summary>
    public static readonly VariableShape Open = new(Fields: null);

    /// <summary>A plain value without fields.</summary>
    public static readonly VariableShape Leaf = new(new Dictionary<string, VariableShape>());
}
