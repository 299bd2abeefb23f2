using System.Text;
using System.Text.Json;
using Marketing.Channels.Sms;

namespace Marketing.Channels.Email.Feedback;

/// <summary>Postmark, which signs nothing: it signs in, with a name and a password of our choice in the address.</summary>
internal sealed class PostmarkFeedback : IMailFeedback
{
    public string Name => "postmark";

    public IEnumerable<FieldProblem> Check(ConnectionValues values)
    {
        if (values.Text(MailFeedbacks.Secret)?.Contains(':', StringComparison.Ordinal) is not true)
        {
            yield return new FieldProblem($"credentials.{MailFeedbacks.Secret}", "must be name:password, as it is entered at Postmark in the address");
        }
    }

    public (string Name, string Value)? HeaderOf(string messageId) => ($"X-PM-Metadata-{FeedbackJson.MessageId}", messageId);

    public ValueTask<FeedbackReading> ReadAsync(ConnectionValues values, HookCall call, DateTimeOffset now)
    {
        if (values.Text(MailFeedbacks.Secret) is not { } secret || !HookCall.AreSame(call.Header("authorization"), $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))}"))
        {
            return new(FeedbackReading.Forged);
        }

        if (call.Json() is not { } body)
        {
            return new(FeedbackReading.Nothing);
        }

        var message = FeedbackJson.OurMessage(body.Find("Metadata")?.Text(FeedbackJson.MessageId));
        var (kind, address) = body.Text("RecordType") switch
        {
            "Bounce" => (KindOf(body.Text("Type"), body.Find("Inactive") is { ValueKind: JsonValueKind.True }), body.Text("Email")),
            "SpamComplaint" => (FeedbackKind.Complaint, body.Text("Email")),
            "Delivery" => (FeedbackKind.Delivered, body.Text("Recipient")),
            "SubscriptionChange" when body.Find("SuppressSending") is { ValueKind: JsonValueKind.True } => (SuppressedBy(body.Text("SuppressionReason")), body.Text("Recipient")),
            _ => ((FeedbackKind?)null, null),
        };
        var id = body.Text("ID") ?? $"{body.Text("MessageID")}/{body.Text("RecordType")}/{body.Text("ChangedAt")}/{address}";
        return new(kind is { } told ? new FeedbackReading.Told([new FeedbackItem(told, id, address, message, body.Text("Details") ?? body.Text("Description") ?? body.Text("Type"))]) : FeedbackReading.Nothing);
    }

    private static FeedbackKind? KindOf(string? type, bool isInactive) => type switch
    {
        "HardBounce" or "BadEmailAddress" or "ManuallyDeactivated" => FeedbackKind.HardBounce,
        "SpamComplaint" => FeedbackKind.Complaint,
        "Unsubscribe" => FeedbackKind.Unsubscribed,
        "AutoResponder" or "Subscribe" or "AddressChange" or "ChallengeVerification" or "OpenRelayTest" => null,
        _ => isInactive ? FeedbackKind.HardBounce : FeedbackKind.SoftBounce,
    };

    private static FeedbackKind? SuppressedBy(string? reason) => reason switch
    {
        "HardBounce" => FeedbackKind.HardBounce,
        "SpamComplaint" => FeedbackKind.Complaint,
        _ => FeedbackKind.Unsubscribed,
    };
}
