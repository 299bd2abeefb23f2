using Marketing.Bounces;
using Marketing.Channels;
using Marketing.Channels.Email.Feedback;
using Marketing.Channels.Sms;
using Marketing.Suppressions;

namespace Marketing.Connections;

/// <summary>
/// Takes mail that came back to a project. Who sends mail is anybody, so a report counts only for what it shows that we signed: the token of a message to that address, or its link to unsubscribe. Everything
/// else changes nothing.
/// </summary>
internal sealed class ReturnedMails(MailReports reports, BounceTokens bounces, UnsubscribeTokens links)
{
    private const string Source = "mail";

    /// <summary>Whether a call may hand over mail for a connection: it has the secret for what is told, or a signature by it.</summary>
    public static bool IsFrom(ConnectionValues values, HookCall call) => values.Text(MailFeedbacks.Secret) is { } secret
        && (HookCall.AreSame(call.Header("authorization"), $"Bearer {secret}") || HttpFeedback.IsSigned(values, call));

    /// <summary>Takes a mail. False where it is no report about mail of ours, or nothing new.</summary>
    public async Task<bool> TakeAsync(int project, Stream mail, CancellationToken cancellation = default)
    {
        if (await ReturnedMail.ReadAsync(mail, cancellation) is not { } returned)
        {
            return false;
        }

        await bounces.PrepareAsync();
        var (changed, linked) = (false, LinkedAddress(project, returned.ListUnsubscribe));
        foreach (var recipient in returned.Recipients)
        {
            if (ItemOf(project, returned, recipient, linked) is { } item)
            {
                changed |= await reports.NoteAsync(project, Source, item);
            }
        }

        return changed;
    }

    private FeedbackItem? ItemOf(int project, ReturnedMail mail, ReturnedTo recipient, string? linked)
    {
        var kind = recipient.As switch
        {
            ReturnedAs.NoSuchMailbox => FeedbackKind.HardBounce,
            ReturnedAs.Refused => FeedbackKind.SoftBounce,
            ReturnedAs.Complaint => FeedbackKind.Complaint,
            _ => FeedbackKind.Delivered,
        };
        List<string> addresses = [.. recipient.Addresses.Concat(linked is null ? [] : [linked]).Concat(mail.Addresses).Take(ReturnedMail.Most)];
        foreach (var token in mail.Tokens)
        {
            if (bounces.Read(project, token, addresses) is var (message, address))
            {
                return new FeedbackItem(kind, message, address, message, recipient.Reason);
            }
        }

        // Sent before bounces had an address: whose it was is signed, which message it was is not.
        return linked is null ? null : new FeedbackItem(kind, $"{mail.Id}/{linked}", linked, null, recipient.Reason);
    }

    private string? LinkedAddress(int project, string? header)
    {
        if (header is null || header.IndexOf("/u/", StringComparison.Ordinal) is not (>= 0 and var at))
        {
            return null;
        }

        // Long headers are folded.
        var token = string.Concat(header[(at + 3)..].TakeWhile(static letter => letter is not ('>' or ',')).Where(static letter => !char.IsWhiteSpace(letter)));
        return links.Read(token) is { Channel: "email" } target && target.Project == project ? target.Address : null;
    }
}
