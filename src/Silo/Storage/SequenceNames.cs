namespace Marketing.Storage;

/// <summary>The names sequences are stored under.</summary>
internal static class SequenceNames
{
    public static string Of(NumberSequence sequence) => sequence switch
    {
        NumberSequence.Customers => "customers",
        NumberSequence.Activity => "activity",
        NumberSequence.Messages => "messages",
        NumberSequence.Orders => "orders",
        NumberSequence.Segments => "segments",
        NumberSequence.Distributions => "distributions",
        NumberSequence.Log => "log",
        _ => throw new ArgumentOutOfRangeException(nameof(sequence), sequence, null),
    };
}
