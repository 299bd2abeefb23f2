using DotLiquid;

namespace Marketing.Templates;

/// <summary>What one rendering carries along, beside the engine's own context.</summary>
internal sealed class RenderRun(Context context, TemplateModel model, TemplateKind kind)
{
    /// <summary>No text a template makes, on the way or at the end, may be longer: a message this size is a mistake or an attack.</summary>
    public const int MaxLength = 2 * 1024 * 1024;

    /// <summary>Rounds of one loop.</summary>
    public const int MaxIterations = 10_000;

    private const string Register = "run";

    private HashSet<string>? _escaped;
    private Dictionary<string, int>? _turns;

    public Context Context => context;

    public TemplateModel Model => model;

    public TemplateKind Kind => kind;

    public static RenderRun Of(Context context) => (RenderRun)context.Registers[Register];

    public void Attach() => context.Registers[Register] = this;

    /// <summary>A name introduced by the template itself hides the model's.</summary>
    public bool TryGetLocal(string name, out object? value)
    {
        foreach (var scope in context.Scopes)
        {
            if (scope.TryGetValue(name, out value))
            {
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>
    /// Remembers a text that was already escaped, by reference: what <c>capture</c> collected from an HTML template must not be
    /// escaped again when it is printed.
    /// </summary>
    public string Escaped(string text)
    {
        if (kind == TemplateKind.Html && text.Length > 0)
        {
            (_escaped ??= new HashSet<string>(ReferenceEqualityComparer.Instance)).Add(text);
        }

        return text;
    }

    /// <summary>Whose turn it is among so many.</summary>
    public int Turn(string key, int count)
    {
        _turns ??= new Dictionary<string, int>(StringComparer.Ordinal);
        var turn = _turns.GetValueOrDefault(key) % count;
        _turns[key] = turn + 1;
        return turn;
    }

    public bool IsEscaped(string text) => _escaped is not null && _escaped.Contains(text);
}
