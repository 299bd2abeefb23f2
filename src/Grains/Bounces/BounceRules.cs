using System.Text.RegularExpressions;

namespace Marketing.Bounces;

/// <summary>What a mail server means by a refusal. Pure.</summary>
internal static partial class BounceRules
{
    // What these say of the mailbox does not pass by itself (RFC 3463). Others are about this mail, or about the moment, whatever their class says.
    private static readonly string[] OfTheAddress = ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"];

    /// <summary>Whether there is no such mailbox, as far as status and diagnostic tell.</summary>
    /// <param name="status">As <c>5.1.1</c>; a comment may follow.</param>
    /// <param name="diagnostic">As <c>smtp; 550 5.1.1 unknown</c>.</param>
    public static bool IsOfTheAddress(string? status, string? diagnostic)
    {
        var code = Code().Match(status ?? "") is { Success: true } said ? said.Value : "";

        // Many servers say nothing in the one and all in the other.
        if (code.Length == 0 || code.EndsWith(".0.0", StringComparison.Ordinal))
        {
            code = Code().Match(diagnostic ?? "") is { Success: true } more ? more.Value : code;
        }

        // A mailbox that gets too much at a time says that it is disabled, too.
        return OfTheAddress.Contains(code) && !(code == "5.2.1" && diagnostic?.Contains("rate", StringComparison.OrdinalIgnoreCase) is true);
    }

    [GeneratedRegex(@"\b[245]\.\d{1,3}\.\d{1,3}\b")]
    private static partial Regex Code();
}
