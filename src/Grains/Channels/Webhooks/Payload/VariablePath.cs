using System.Text;
using Marketing.Templates;

namespace Marketing.Channels.Webhooks;

/// <summary>What stands between the braces of a placeholder: <c>order.items.0.quantity</c>.</summary>
internal sealed class VariablePath
{
    private readonly string[] _names;

    private VariablePath(string[] names)
    {
        _names = names;
        Segments = Array.ConvertAll(names, Encoding.UTF8.GetBytes);
    }

    /// <summary>The names, UTF-8, as they are looked up in stored documents.</summary>
    public byte[][] Segments { get; }

    public string Root => _names[0];

    /// <summary>Parses the text between the braces; null when a name is missing or cannot be one.</summary>
    public static VariablePath? Parse(ReadOnlySpan<char> text)
    {
        var names = text.ToString().Split('.', StringSplitOptions.TrimEntries);
        return Array.Exists(names, name => name.Length == 0 || name.AsSpan().IndexOfAny("{}\"\\") >= 0) ? null : new VariablePath(names);
    }

    /// <summary>What a scope does not know of this path, or null.</summary>
    public string? WhyUnknown(TemplateScope scope)
    {
        if (!scope.Roots.TryGetValue(Root, out var shape))
        {
            return $"Unknown variable '{Root}'";
        }

        for (var i = 1; i < _names.Length && shape.Fields is { } fields; i++)
        {
            if (fields.TryGetValue(_names[i], out var field))
            {
                shape = field;
            }
            else if (fields.Count == 0 || !int.TryParse(_names[i], out _))
            {
                // A number is left: it picks an element of a list, whose fields are the ones described.
                return $"Unknown field '{_names[i]}' of '{string.Join('.', _names[..i])}'";
            }
        }

        return null;
    }

    public override string ToString() => string.Join('.', _names);
}
