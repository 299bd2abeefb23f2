namespace Marketing.Distributions.Triggers;

/// <summary>What messages are owed for where it is no event of the customer's, whose numbers are above 0.</summary>
internal static class Occurrences
{
    /// <summary>The one send of a manual distribution.</summary>
    public const long Manual = 0;

    /// <summary>Being a member of the segment when the distribution began.</summary>
    public const long Member = -1;

    /// <summary>Having a code: it is written about once by a distribution, whatever is done again.</summary>
    public static long OfCode(long voucher) => Member - voucher;

    /// <summary>The number of the voucher.</summary>
    public static long CodeOf(long occurrence) => Member - occurrence;
}
