using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Shapes;

/// <summary>
/// What an object consists of, declared once by its feature: templates know its variables from here, filters their fields, webhooks and activity what is in
/// its short form, and where it is not stored as it is shown, its JSON is written by it.
/// </summary>
/// <param name="name">The root variable of templates, and the key in event data.</param>
/// <param name="description">One line for a builder's list of variables.</param>
internal sealed class Shape(string name, string description)
{
    public string Name => name;

    public string Description => description;

    /// <summary>In the order in which they are written and listed; none where it is a plain value.</summary>
    public required IReadOnlyList<ShapeField> Fields { get; init; }

    /// <summary>The data of an event about such an object, for previews: given what the trigger's author chose, or null, and when it happens.</summary>
    public Func<string?, DateTimeOffset, byte[]>? Example { get; init; }

    /// <summary>The names that the short form has.</summary>
    public IEnumerable<string> Brief => Fields.Where(static one => one.IsBrief).Select(static one => one.Name);

    /// <summary>Writes the object.</summary>
    public void Write(Utf8JsonWriter json, object of)
    {
        json.WriteStartObject();
        WriteFields(json, of);
        json.WriteEndObject();
    }

    /// <summary>Writes the fields of the object, to stand with others.</summary>
    public void WriteFields(Utf8JsonWriter json, object of)
    {
        foreach (var field in Fields)
        {
            field.Write?.Invoke(json, of);
        }
    }
}

internal static class ShapeServices
{
    /// <summary>Makes an object known to templates and filters.</summary>
    public static IServiceCollection AddShape(this IServiceCollection services, Shape shape) => services.AddSingleton(shape);
}
