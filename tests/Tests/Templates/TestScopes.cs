using System.Reflection;
using Marketing.Shapes;

namespace Marketing.Templates;

/// <summary>The variables of all features.</summary>
internal static class TestScopes
{
    private static readonly TemplateScopes All = new(
    [
        .. typeof(Shape).Assembly.GetTypes().SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public))
            .Where(field => field.FieldType == typeof(Shape)).Select(field => (Shape)field.GetValue(null)!),
    ]);

    public static TemplateScope Compose(params string[] roots) => All.Compose(roots);
}
