namespace Marketing.Discounts;

/// <summary>What a token of a formula is.</summary>
internal enum FormulaTokenKind
{
    End,
    Number,
    Text,

    /// <summary>An operand, a function or an operator that is a word.</summary>
    Word,

    /// <summary>A bracket, a semicolon or an operator that is not a word.</summary>
    Mark,
}

/// <summary>A token of a formula.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it says; of a text, what it means.</param>
/// <param name="Position">Of its first character, from 1.</param>
internal readonly record struct FormulaToken(FormulaTokenKind Kind, string Text, int Position)
{
    public decimal Number { get; init; }

    public bool IsMark(string mark) => Kind == FormulaTokenKind.Mark && Text == mark;

    public bool IsWord(string word) => Kind == FormulaTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
