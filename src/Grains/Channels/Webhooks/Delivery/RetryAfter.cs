using System.Net.Http.Headers;

namespace Marketing.Channels.Webhooks;

/// <summary>How long a receiver asks to be left alone (RFC 9110, 10.2.3). A day at most, however it is written.</summary>
internal static class RetryAfter
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Null where there is none, where it is over or where nobody can tell what it means: then our own schedule holds.</summary>
    public static TimeSpan? Of(HttpResponseHeaders headers, DateTimeOffset now)
    {
        // Not the parsed header: that has room for 68 years of seconds, and takes a longer wait for none at all.
        if (!headers.NonValidated.TryGetValues("Retry-After", out var values))
        {
            return null;
        }

        foreach (var value in values)
        {
            if (Wait(value.Trim(), now) is { } wait)
            {
                return wait > Longest ? Longest : wait > TimeSpan.Zero ? wait : null;
            }
        }

        return null;
    }

    private static TimeSpan? Wait(string value, DateTimeOffset now)
    {
        if (value.Length > 0 && value.All(char.IsAsciiDigit))
        {
            var seconds = value.TrimStart('0');
            return seconds.Length > 6 ? Longest : TimeSpan.FromSeconds(seconds.Length == 0 ? 0 : int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture));
        }

        return RetryConditionHeaderValue.TryParse(value, out var header) ? header.Date - now : null;
    }
}
