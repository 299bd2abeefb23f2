namespace Marketing.Tracking;

/// <summary>Tells programs from people, as far as that can be told. Pure.</summary>
internal static class VisitRules
{
    /// <summary>Nobody reads a mail so soon after it was handed over; what receives it looks into it then.</summary>
    public static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(2);

    // Programs that look into mail before its reader does, and what is no browser at all. Google and Yahoo load pictures when the mail is opened, so they are people.
    private static readonly string[] Programs =
    [
        "bot", "crawler", "spider", "scanner", "preview", "monitor", "curl/", "wget/", "python", "java/", "okhttp", "go-http-client", "libwww", "headless", "barracuda", "mimecast", "proofpoint", "symantec",
        "safelinks", "fireeye", "trendmicro", "sophos", "zscaler",
    ];

    /// <summary>Whether it was no person.</summary>
    /// <param name="visit">Who came.</param>
    /// <param name="sentAt">When the message was handed over.</param>
    /// <param name="now">When it came.</param>
    public static bool IsMachine(MailVisit visit, DateTimeOffset sentAt, DateTimeOffset now)
    {
        // Seconds are cut off where the link is made.
        if (visit.IsHead || now - sentAt < TooSoon || string.IsNullOrWhiteSpace(visit.UserAgent))
        {
            return true;
        }

        // Apple's servers load every picture of every mail, under this name and no more of it.
        return visit.UserAgent.Trim() == "Mozilla/5.0"
            || (visit.Purpose is { } purpose && (purpose.Contains("prefetch", StringComparison.OrdinalIgnoreCase) || purpose.Contains("prerender", StringComparison.OrdinalIgnoreCase)))
            || Programs.Any(program => visit.UserAgent.Contains(program, StringComparison.OrdinalIgnoreCase));
    }
}
