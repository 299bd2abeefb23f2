using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Marketing.Channels.Sms;

namespace Marketing.Channels.Email.Feedback;

/// <summary>Whoever posts what became of mail in our own words, signed by HMAC as receipts of HTTP gateways are.</summary>
internal sealed class HttpFeedback : IMailFeedback
{
    private const int MostEvents = 1_000;

    public string Name => "http";

    public IEnumerable<FieldProblem> Check(ConnectionValues values)
    {
        if (values.Text(MailFeedbacks.Secret) is null)
        {
            yield return new FieldProblem($"credentials.{MailFeedbacks.Secret}", "is required: what is told is signed with it");
        }
    }

    public ValueTask<FeedbackReading> ReadAsync(ConnectionValues values, HookCall call, DateTimeOffset now)
    {
        if (!IsSigned(values, call))
        {
            return new(FeedbackReading.Forged);
        }

        var body = call.Json();
        IEnumerable<JsonElement> told = body is { ValueKind: JsonValueKind.Object } one ? [one] : body.Items().Take(MostEvents);
        return new(new FeedbackReading.Told([.. told.Select(ItemOf).OfType<FeedbackItem>()]));
    }

    /// <summary>Whether the header <c>x-signature</c> has the HMAC-SHA256 of the body, in hexadecimal digits.</summary>
    public static bool IsSigned(ConnectionValues values, HookCall call) => values.Text(MailFeedbacks.Secret) is { } secret
        && HookCall.AreSame(call.Header("x-signature")?.ToLowerInvariant(), Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), call.Body.Span)));

    private static FeedbackItem? ItemOf(JsonElement told)
    {
        FeedbackKind? kind = told.Text("type") switch
        {
            "delivered" => FeedbackKind.Delivered,
            "soft_bounce" => FeedbackKind.SoftBounce,
            "bounce" => FeedbackKind.HardBounce,
            "complaint" => FeedbackKind.Complaint,
            "unsubscribe" => FeedbackKind.Unsubscribed,
            _ => null,
        };
        var (address, message) = (told.Text("address"), told.Text(FeedbackJson.MessageId));
        return kind is { } known ? new FeedbackItem(known, told.Text("id") ?? $"{known}/{address}/{message}", address, FeedbackJson.OurMessage(message), told.Text("reason")) : null;
    }
}
