using System.Security.Cryptography;
using System.Text;
using Marketing.Channels;
using Marketing.Channels.Email.Feedback;
using Marketing.Channels.Sms;
using Marketing.Customers;
using Marketing.Storage;
using Marketing.Suppressions;

namespace Marketing.Connections;

/// <summary>
/// What mail services tell of the mail of a project: of our messages it is noted, and who does not exist or complains is written to no more, also where the message is not known.
/// </summary>
internal sealed class MailReports(MailFeedbacks feedbacks, ReceiptWriter receipts, TimeProvider clock)
{
    private const string Channel = "email";
    private const int AtOnce = 16;

    /// <summary>Takes a call. False where it does not come from the service of the connection.</summary>
    public async Task<bool> TakeAsync(int project, ChannelConnection connection, HookCall call)
    {
        if (feedbacks.Of(connection.Values) is not { } feedback || await feedback.ReadAsync(connection.Values, call, clock.GetUtcNow()) is not FeedbackReading.Told told)
        {
            return false;
        }

        await Parallel.ForEachAsync(told.Items, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (item, _) => await NoteAsync(project, feedback.Name, item));
        return true;
    }

    /// <summary>Notes what became of one mail. False where as much was known.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="source">Who says so: events are named by it.</param>
    /// <param name="item">What.</param>
    public async ValueTask<bool> NoteAsync(int project, string source, FeedbackItem item)
    {
        var suppression = ReasonOf(item.Kind) is { } reason && EmailAddress.TryNormalize(item.Address, out var address)
            ? new SuppressionWrite(Channel, address, reason, clock.GetUtcNow())
            : (SuppressionWrite?)null;

        // Who unsubscribes at the service has said nothing about a message.
        var message = item.Kind == FeedbackKind.Unsubscribed ? null : item.MessageId;
        return (message is not null || suppression is not null)
            && await receipts.SaveAsync(project, message ?? EventId(source, item), StateOf(item.Kind), item.Kind == FeedbackKind.Delivered ? null : item.Reason, suppression);
    }

    // What is told of nobody's message is remembered by itself, so that it does nothing when it is told again, not even after the address was taken off the list.
    private static string EventId(string source, FeedbackItem item) =>
        $"told_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{item.Event}")).AsSpan(0, 16))}";

    private static string? ReasonOf(FeedbackKind kind) => kind switch
    {
        FeedbackKind.HardBounce => SuppressionReasons.Bounced,
        FeedbackKind.Complaint => SuppressionReasons.Complained,
        FeedbackKind.Unsubscribed => SuppressionReasons.Unsubscribed,
        _ => null,
    };

    private static string StateOf(FeedbackKind kind) => kind switch
    {
        FeedbackKind.SoftBounce => ReceiptStates.SoftBounced,
        FeedbackKind.HardBounce => ReceiptStates.Bounced,
        FeedbackKind.Complaint => ReceiptStates.Complained,
        _ => ReceiptStates.Delivered,
    };
}
