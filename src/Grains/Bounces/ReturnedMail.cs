using Marketing.Customers;
using MimeKit;

namespace Marketing.Bounces;

/// <summary>A mail that came back, as far as it says so in the form there is for it: a report of a mail server (RFC 3464) or of a provider whose reader complained (RFC 5965).</summary>
internal sealed record ReturnedMail
{
    // Of a mail that is forwarded on and on there are as many again.
    private const int MostParts = 100;

    /// <summary>The most recipients, tokens and addresses of a mail that are looked at: each with each is a signature to compute, and whoever sends mail decides how many there are.</summary>
    public const int Most = 16;

    private static readonly string[] Carriers = ["To", "Delivered-To", "X-Original-To", "Envelope-To", "In-Reply-To", "References"];

    // Of the mail that comes back.
    private static readonly string[] Returned = ["Message-ID", "Return-Path", "X-Failed-Recipients"];

    /// <summary>Names the report among others.</summary>
    public required string Id { get; init; }

    /// <summary>What it says of each recipient. More than one only where it is not about our mail, which has one.</summary>
    public required IReadOnlyList<ReturnedTo> Recipients { get; init; }

    /// <summary>All that looks like a token of ours: in the address it was sent to, and in what came back.</summary>
    public required IReadOnlyList<string> Tokens { get; init; }

    /// <summary>Whom the mail was for, by its own account.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>The header that unsubscribes, of the mail that came back.</summary>
    public string? ListUnsubscribe { get; init; }

    /// <summary>What a mail says; null where it is no report.</summary>
    public static async Task<ReturnedMail?> ReadAsync(Stream mail, CancellationToken cancellation)
    {
        try
        {
            // Here to its end: the fields of a report are parsed only when they are asked for.
            return Of(await MimeMessage.LoadAsync(mail, cancellation));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static ReturnedMail? Of(MimeMessage message)
    {
        List<MimeEntity> parts = [.. message.BodyParts.Take(MostParts)];
        var recipients = parts.OfType<MessageDeliveryStatus>().SelectMany(Delivery).Concat(parts.OfType<MessageFeedbackReport>().SelectMany(Feedback)).Take(Most).ToList();
        if (recipients.Count == 0 || message.Body is not Multipart)
        {
            return null;
        }

        var returned = parts.OfType<MessagePart>().Select(static part => part.Message).FirstOrDefault(static inner => inner is not null)?.Headers;
        var carried = Carriers.SelectMany(name => message.Headers.Where(header => header.Field.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static header => header.Value));
        var back = Returned.Select(name => returned?[name]);
        return new ReturnedMail
        {
            Id = message.MessageId ?? "",
            Recipients = recipients,
            Tokens = [.. carried.Concat(back).SelectMany(BounceTokens.In).Distinct(StringComparer.Ordinal).Take(Most)],
            Addresses = InternetAddressList.TryParse(returned?["To"] ?? "", out var to) ? [.. to.Mailboxes.Select(static mailbox => mailbox.Address).Take(Most)] : [],
            ListUnsubscribe = returned?["List-Unsubscribe"],
        };
    }

    private static IEnumerable<ReturnedTo> Delivery(MessageDeliveryStatus status)
    {
        foreach (var group in status.StatusGroups.Skip(1).Take(MostParts))
        {
            var (code, diagnostic) = (group["Status"], group["Diagnostic-Code"]);
            ReturnedAs? what = group["Action"]?.Trim().ToLowerInvariant() switch
            {
                "failed" => BounceRules.IsOfTheAddress(code, diagnostic) ? ReturnedAs.NoSuchMailbox : ReturnedAs.Refused,
                "delivered" => ReturnedAs.Delivered,
                _ => null,
            };
            if (what is { } known)
            {
                yield return new ReturnedTo(known, [.. new[] { AddressOf(group["Final-Recipient"]), AddressOf(group["Original-Recipient"]) }.OfType<string>()], diagnostic ?? code);
            }
        }
    }

    private static IEnumerable<ReturnedTo> Feedback(MessageFeedbackReport report)
    {
        var type = report.Fields["Feedback-Type"]?.Trim().ToLowerInvariant();
        if (type is "abuse" or "fraud" or "virus" or "other")
        {
            yield return new ReturnedTo(ReturnedAs.Complaint, [.. new[] { AddressOf($"rfc822;{report.Fields["Original-Rcpt-To"]}") }.OfType<string>()], type);
        }
    }

    // "rfc822; ada@example.com".
    private static string? AddressOf(string? field) =>
        field is not null && field.IndexOf(';', StringComparison.Ordinal) is >= 0 and var at && EmailAddress.TryNormalize(field[(at + 1)..].Trim().Trim('<', '>'), out var address) ? address : null;
}

/// <summary>What a report says of one recipient.</summary>
/// <param name="As">What.</param>
/// <param name="Addresses">Who, by its account.</param>
/// <param name="Reason">What the server said.</param>
internal sealed record ReturnedTo(ReturnedAs As, IReadOnlyList<string> Addresses, string? Reason);

/// <summary>As what a mail comes back.</summary>
internal enum ReturnedAs
{
    /// <summary>It does not: it arrived, and somebody wanted to be told.</summary>
    Delivered,

    /// <summary>The server would not have it this time.</summary>
    Refused,

    NoSuchMailbox,

    Complaint,
}
