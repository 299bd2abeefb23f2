using Marketing.Shapes;

namespace Marketing.Templates;

/// <summary>The variables the engine offers, by root.</summary>
internal sealed class TemplateScopes(IEnumerable<Shape> shapes)
{
    private readonly Dictionary<string, VariableShape> _known = shapes.ToDictionary(static shape => shape.Name, static shape => new VariableShape(Below(shape.Fields), shape.Description));

    /// <summary>A scope of the given roots; one that is not known here is open.</summary>
    public TemplateScope Compose(params IReadOnlyCollection<string> roots) =>
        new(roots.ToDictionary(static root => root, root => _known.GetValueOrDefault(root, VariableShape.Open)));

    private static Dictionary<string, VariableShape> Below(IReadOnlyList<ShapeField> fields) => fields.ToDictionary(static field => field.Name, Variable);

    private static VariableShape Variable(ShapeField field) => field.Type switch
    {
        FieldType.Object => new VariableShape(Below(field.Fields), field.Description),
        FieldType.Keys or FieldType.Named or FieldType.List => new VariableShape(Fields: null, field.Description),
        _ => VariableShape.Leaf,
    };
}
