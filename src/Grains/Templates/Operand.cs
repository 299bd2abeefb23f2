using System.Globalization;

namespace Marketing.Templates;

/// <summary>A value in an expression: a literal, or a path that is looked up while rendering.</summary>
internal sealed class Operand
{
    private readonly string? _path;
    private readonly IReadOnlyList<string>? _parts;
    private readonly object? _literal;

    public Operand(MarkupToken token)
    {
        switch (token.Kind)
        {
            case MarkupTokenKind.Text:
                _literal = token.Text;
                break;
            case MarkupTokenKind.Number:
                _literal = Number(token);
                break;
            default:
                // Plain paths are walked here; words such as nil and paths with an index take the engine's slower way.
                _path = token.Text;
                _parts = token.Computed || token.Parts.Count == 0 || IsWord(token.Text) ? null : token.Parts;
                break;
        }
    }

    public object? Evaluate(RenderRun run)
    {
        if (_path is null)
        {
            return _literal;
        }

        if (_parts is null)
        {
            return run.Context[_path, false];
        }

        object? value = null;
        if (!run.TryGetLocal(_parts[0], out value) && !run.Model.TryGetRoot(_parts[0], out value))
        {
            return null;
        }

        for (var i = 1; i < _parts.Count; i++)
        {
            switch (value)
            {
                case null:
                    return null;
                case JsonDrop drop:
                    value = drop[_parts[i]];
                    break;
                case IDictionary<string, object?> fields:
                    value = fields.TryGetValue(_parts[i], out var field) ? field : null;
                    break;
                default:
                    return run.Context[_path, false];
            }
        }

        return value;
    }

    private static bool IsWord(string text) => text is "true" or "false" or "nil" or "null" or "empty" or "blank";

    private static object Number(MarkupToken token)
    {
        if (int.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }

        return decimal.TryParse(token.Text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new MarkupException("This number is too long.", token.Offset);
    }
}
