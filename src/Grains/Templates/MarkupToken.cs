namespace Marketing.Templates;

internal enum MarkupTokenKind
{
    Path,
    Text,
    Number,
    Symbol,
    End,
}

/// <summary>One token inside <c>{{ … }}</c> or <c>{% … %}</c>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written; for <see cref="MarkupTokenKind.Text"/> without the quotes.</param>
/// <param name="Offset">Where it starts in the template.</param>
/// <param name="Parts">For paths: the names on the path, up to the first computed index.</param>
/// <param name="Computed">For paths: whether there is an index that is not a plain name.</param>
internal sealed record MarkupToken(MarkupTokenKind Kind, string Text, int Offset, IReadOnlyList<string> Parts, bool Computed)
{
    public MarkupToken(MarkupTokenKind kind, string text, int offset)
        : this(kind, text, offset, [], Computed: false)
    {
    }

    public bool Is(string symbol) => Kind is MarkupTokenKind.Symbol or MarkupTokenKind.Path && Text == symbol;
}
