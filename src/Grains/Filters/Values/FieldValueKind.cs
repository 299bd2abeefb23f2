namespace Marketing.Filters;

/// <summary>The JSON type found at the place of a field.</summary>
internal enum FieldValueKind : byte
{
    /// <summary>Nothing there. First, so that a cleared buffer is a document without fields.</summary>
    Missing,
    Null,
    False,
    True,
    Number,
    Text,
    Array,

    /// <summary>An object, or an array within an array: present, but nothing a condition looks into.</summary>
    Opaque,
}
