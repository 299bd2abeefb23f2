using System.Text.Json;

namespace Marketing.Shapes;

/// <summary>A field of a <see cref="Shape"/>.</summary>
/// <param name="Name">As it is written everywhere.</param>
/// <param name="Type">What stands there.</param>
internal sealed record ShapeField(string Name, FieldType Type)
{
    /// <summary>One line for a builder's list of variables.</summary>
    public string? Description { get; init; }

    /// <summary>What is below an object, or below each of the shop's own names.</summary>
    public IReadOnlyList<ShapeField> Fields { get; init; } = [];

    /// <summary>Whether filters may ask for it; what is only shown is no use there.</summary>
    public bool IsFiltered { get; init; } = true;

    /// <summary>Of a number: whether filters take one that is missing for 0, as with what counts something.</summary>
    public bool MissingIsZero { get; init; } = true;

    /// <summary>Other names by which filters know it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Where it stands, when that is another field.</summary>
    public string? StoredAs { get; init; }

    /// <summary>Whether it is in the short form of the object.</summary>
    public bool IsBrief { get; init; }

    /// <summary>Writes name and value; null where the object is stored as it is shown.</summary>
    public Action<Utf8JsonWriter, object>? Write { get; init; }
}

/// <summary>Short ways to declare fields of objects that are stored as they are shown.</summary>
internal static class Fields
{
    public static ShapeField Text(string name) => new(name, FieldType.Text);

    public static ShapeField Number(string name) => new(name, FieldType.Number);

    public static ShapeField Date(string name) => new(name, FieldType.Date);

    public static IEnumerable<ShapeField> Texts(params ReadOnlySpan<string> names) => All(FieldType.Text, names);

    public static IEnumerable<ShapeField> Numbers(params ReadOnlySpan<string> names) => All(FieldType.Number, names);

    public static ShapeField Keys(string name, string description) => new(name, FieldType.Keys) { Description = description };

    public static ShapeField List(string name, string description) => new(name, FieldType.List) { Description = description, IsFiltered = false };

    public static ShapeField Object(string name, string description, params IReadOnlyList<ShapeField> fields) =>
        new(name, FieldType.Object) { Description = description, Fields = fields };

    public static ShapeField Named(string name, string description, params IReadOnlyList<ShapeField> fields) =>
        new(name, FieldType.Named) { Description = description, Fields = fields };

    /// <summary>The field <c>object</c>, by which clients tell objects apart.</summary>
    public static ShapeField Kind(string kind) => new("object", FieldType.Text) { IsFiltered = false, Write = (json, _) => json.WriteString("object", kind) };

    /// <summary>The field, but not for filters.</summary>
    public static ShapeField Unfiltered(this ShapeField field) => field with { IsFiltered = false };

    /// <summary>The field, also in the short form of the object.</summary>
    public static ShapeField Brief(this ShapeField field) => field with { IsBrief = true };

    private static ShapeField[] All(FieldType type, ReadOnlySpan<string> names)
    {
        var fields = new ShapeField[names.Length];
        for (var at = 0; at < fields.Length; at++)
        {
            fields[at] = new ShapeField(names[at], type);
        }

        return fields;
    }
}

/// <summary>Short ways to declare fields of objects that are written from <typeparamref name="T"/>.</summary>
internal static class Fields<T>
    where T : class
{
    public static ShapeField Text(string name, Func<T, string?> value) =>
        new(name, FieldType.Text) { Write = (json, of) => json.WriteString(name, value((T)of)) };

    public static ShapeField Number(string name, Func<T, long?> value) => new(name, FieldType.Number)
    {
        Write = (json, of) =>
        {
            if (value((T)of) is { } number)
            {
                json.WriteNumber(name, number);
            }
            else
            {
                json.WriteNull(name);
            }
        },
    };

    public static ShapeField Instant(string name, Func<T, DateTimeOffset?> value) =>
        new(name, FieldType.Date) { Write = (json, of) => json.WriteString(name, value((T)of) is { } instant ? WireJson.Text(instant) : null) };

    public static ShapeField List(string name, string description, Func<T, RawJson> value) => Fields.List(name, description) with
    {
        Write = (json, of) =>
        {
            json.WritePropertyName(name);
            json.WriteRawValue(value((T)of).Utf8.Span, skipInputValidation: true);
        },
    };

    public static ShapeField Keys(string name, string description, Func<T, RawJson?> value) => new(name, FieldType.Keys)
    {
        Description = description,
        Write = (json, of) =>
        {
            json.WritePropertyName(name);
            json.WriteRawValue((value((T)of) ?? RawJson.EmptyObject).Utf8.Span, skipInputValidation: true);
        },
    };
}
