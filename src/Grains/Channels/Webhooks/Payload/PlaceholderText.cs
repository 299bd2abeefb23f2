namespace Marketing.Channels.Webhooks;

/// <summary>A string with placeholders, taken apart: literal text where <see cref="Piece.Variable"/> is null, a value otherwise.</summary>
internal sealed class PlaceholderText
{
    public const string Open = "{{";
    public const string Close = "}}";

    private PlaceholderText(IReadOnlyList<Piece> pieces, string? error)
    {
        Pieces = pieces;
        Error = error;
    }

    public IReadOnlyList<Piece> Pieces { get; }

    public string? Error { get; }

    /// <summary>The variable if the text is one placeholder and nothing else.</summary>
    public VariablePath? Only => Pieces is [{ Variable: { } variable }] ? variable : null;

    public static PlaceholderText Parse(string text)
    {
        List<Piece> pieces = [];
        var rest = text.AsSpan();
        while (rest.IndexOf(Open) is var open and >= 0)
        {
            var close = rest[open..].IndexOf(Close);
            if (close < 0)
            {
                return new PlaceholderText([], "A placeholder is not closed");
            }

            var inner = rest.Slice(open + Open.Length, close - Open.Length);
            if (VariablePath.Parse(inner) is not { } variable)
            {
                return new PlaceholderText([], $"'{inner.Trim()}' is not a variable");
            }

            if (open > 0)
            {
                pieces.Add(new Piece(rest[..open].ToString(), null));
            }

            pieces.Add(new Piece("", variable));
            rest = rest[(open + close + Close.Length)..];
        }

        if (rest.Length > 0)
        {
            pieces.Add(new Piece(rest.ToString(), null));
        }

        return new PlaceholderText(pieces, null);
    }

    /// <summary>One part of the string.</summary>
    internal readonly record struct Piece(string Literal, VariablePath? Variable);
}
