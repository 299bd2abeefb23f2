using Marketing.Carts;

namespace Marketing.Discounts;

/// <summary>A value that is computed of the order and of who orders. Compiled once, by <see cref="FormulaParser"/>.</summary>
internal sealed class Formula
{
    private readonly FormulaPart _root;

    internal Formula(string text, FormulaPart root, bool isOfLine)
    {
        Text = text;
        _root = root;
        IsOfLine = isOfLine;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Whether it looks at the line it is applied to, and so has a value for each.</summary>
    public bool IsOfLine { get; }

    /// <summary>Its value, money in major units; null where something it needs is not there, is of the wrong kind, or is out of range.</summary>
    /// <param name="data">Who orders, and with what.</param>
    /// <param name="cart">What is ordered.</param>
    /// <param name="line">The line it is applied to, if it is applied to one.</param>
    public decimal? Evaluate(FormulaData data, Cart cart, CartLine? line)
    {
        try
        {
            return _root(new FormulaScope(data, cart, line)) is { Kind: FormulaKind.Number } value ? value.Number : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    public override string ToString() => Text;
}

/// <summary>What is wrong with a formula.</summary>
/// <param name="Position">Of the character, from 1.</param>
/// <param name="Message">What is wrong there.</param>
internal sealed record FormulaProblem(int Position, string Message)
{
    public override string ToString() => $"{Message} at character {Position}";
}

/// <summary>A part of a compiled formula.</summary>
internal delegate FormulaValue FormulaPart(in FormulaScope scope);

/// <summary>What a formula is evaluated in.</summary>
internal readonly record struct FormulaScope(FormulaData Data, Cart Cart, CartLine? Line);
