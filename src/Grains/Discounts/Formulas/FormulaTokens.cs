using System.Globalization;
using System.Text;

namespace Marketing.Discounts;

/// <summary>Cuts a formula into tokens.</summary>
internal static class FormulaTokens
{
    private static readonly string[] Marks = [">=", "<=", "!=", "<>", "==", ">", "<", "=", "+", "-", "*", "/", "%", "(", ")", ";"];

    /// <summary>The tokens, the last of which is the end; or what is wrong.</summary>
    public static (List<FormulaToken> Tokens, FormulaProblem? Problem) Of(string text)
    {
        var tokens = new List<FormulaToken>();
        var at = 0;
        while (at < text.Length)
        {
            var start = at;
            var character = text[at];
            if (char.IsWhiteSpace(character))
            {
                at++;
            }
            else if (char.IsAsciiDigit(character) || character == '.')
            {
                at = EndOf(text, at, static one => char.IsAsciiDigit(one) || one == '.');
                if (!decimal.TryParse(text.AsSpan(start, at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                {
                    return (tokens, new FormulaProblem(start + 1, $"'{text[start..at]}' is not a number"));
                }

                tokens.Add(new FormulaToken(FormulaTokenKind.Number, text[start..at], start + 1) { Number = number });
            }
            else if (char.IsAsciiLetter(character) || character == '_')
            {
                at = EndOf(text, at, static one => char.IsAsciiLetterOrDigit(one) || one == '_');
                tokens.Add(new FormulaToken(FormulaTokenKind.Word, text[start..at], start + 1));
            }
            else if (character == '"')
            {
                if (Quoted(text, ref at) is not { } quoted)
                {
                    return (tokens, new FormulaProblem(start + 1, "the text that begins here does not end"));
                }

                tokens.Add(new FormulaToken(FormulaTokenKind.Text, quoted, start + 1));
            }
            else if (Mark(text, at) is { } mark)
            {
                at += mark.Length;
                tokens.Add(new FormulaToken(FormulaTokenKind.Mark, Plain(mark), start + 1));
            }
            else
            {
                return (tokens, new FormulaProblem(start + 1, $"'{character}' is not understood"));
            }
        }

        tokens.Add(new FormulaToken(FormulaTokenKind.End, "", text.Length + 1));
        return (tokens, null);
    }

    private static int EndOf(string text, int at, Func<char, bool> belongs)
    {
        while (at < text.Length && belongs(text[at]))
        {
            at++;
        }

        return at;
    }

    // A backslash takes the next character as it is.
    private static string? Quoted(string text, ref int at)
    {
        var quoted = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                at++;
                return quoted.ToString();
            }

            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }

            quoted.Append(text[at]);
        }

        return null;
    }

    private static string? Mark(string text, int at) => text[at] switch
    {
        '×' => "×",
        '÷' => "÷",
        _ => Array.Find(Marks, mark => string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0),
    };

    private static string Plain(string mark) => mark switch
    {
        "×" => "*",
        "÷" => "/",
        "==" => "=",
        "<>" => "!=",
        _ => mark,
    };
}
