using System.Diagnostics;

namespace Marketing.Filters;

/// <summary>A part of the text, compared byte for byte. A number is the text it was written as.</summary>
internal sealed class TextCondition(TextTest test, IReadOnlyList<byte[]> parts) : ScalarCondition
{
    private readonly byte[][] _parts = [.. parts];

    protected override bool HoldsFor(FieldValue value, long now)
    {
        if (value.Kind is not (FieldValueKind.Text or FieldValueKind.Number))
        {
            return false;
        }

        foreach (var part in _parts)
        {
            if (Has(value.Text, part))
            {
                return true;
            }
        }

        return false;
    }

    private bool Has(ReadOnlySpan<byte> text, byte[] part) => test switch
    {
        TextTest.Contains => text.IndexOf(part) >= 0,
        TextTest.StartsWith => text.StartsWith(part),
        TextTest.EndsWith => text.EndsWith(part),
        _ => throw new UnreachableException(),
    };
}
