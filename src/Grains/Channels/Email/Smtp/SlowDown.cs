using System.Text.RegularExpressions;

namespace Marketing.Channels.Email.Smtp;

/// <summary>Which temporary refusals ask for patience, and which report that something is wrong with a message or its recipient.</summary>
internal static partial class SlowDown
{
    /// <summary>
    /// By the enhanced code where there is one: policy (4.7), a system that is full, closed or congested (4.3.1, 4.3.2, 4.4.5) and too many at once (4.5.3)
    /// are about us and the server; 4.1 and 4.2 are about the address and its mailbox, which may stay full for ever.
    /// </summary>
    public static bool Is(int status, string text) => EnhancedStatus.Of(text) switch
    {
        { Class: 4, Subject: 7 } or { Class: 4, Subject: 3, Detail: 1 or 2 } or { Class: 4, Subject: 4, Detail: 5 } or { Class: 4, Subject: 5, Detail: 3 } => true,
        { Class: 4, Subject: 1 or 2 } => false,
        { Class: 4 } => status == 421,
        _ => status switch
        {
            421 => true,
            450 or 451 => Patience().IsMatch(text),
            452 => !Mailbox().IsMatch(text),
            _ => false,
        },
    };

    // Whole words: "corporate" has a rate in it too.
    [GeneratedRegex(
        @"(?<![\p{L}\p{N}])(too many|rate|throttl(e|ed|ing)|slow(ing)? down|gr[ae]y[- ]?list(ed|ing)?|try again later)(?![\p{L}\p{N}])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Patience();

    [GeneratedRegex(@"(?<![\p{L}\p{N}])(mailbox|inbox|quota|overquota)(?![\p{L}\p{N}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mailbox();
}
