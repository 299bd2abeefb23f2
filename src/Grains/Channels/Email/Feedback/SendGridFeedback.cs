using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Marketing.Channels.Sms;

namespace Marketing.Channels.Email.Feedback;

/// <summary>SendGrid's signed event webhook.</summary>
internal sealed class SendGridFeedback : IMailFeedback
{
    private const string Signature = "x-twilio-email-event-webhook-signature";
    private const string Timestamp = "x-twilio-email-event-webhook-timestamp";

    // As many as fit into the largest batch that it makes.
    private const int MostEvents = 5_000;

    public string Name => "sendgrid";

    public IEnumerable<FieldProblem> Check(ConnectionValues values)
    {
        if (KeyOf(values) is not { } key)
        {
            yield return new FieldProblem($"settings.{MailFeedbacks.Key}", "must be the verification key of the signed event webhook, as SendGrid shows it");
        }
        else
        {
            key.Dispose();
        }
    }

    public (string Name, string Value)? HeaderOf(string messageId) => ("X-SMTPAPI", $$$"""{"unique_args":{"{{{FeedbackJson.MessageId}}}":"{{{messageId}}}"}}""");

    public ValueTask<FeedbackReading> ReadAsync(ConnectionValues values, HookCall call, DateTimeOffset now)
    {
        if (!IsSigned(values, call))
        {
            return new(FeedbackReading.Forged);
        }

        return new(new FeedbackReading.Told([.. call.Json().Items().Take(MostEvents).Select(ItemOf).OfType<FeedbackItem>()]));
    }

    private static bool IsSigned(ConnectionValues values, HookCall call)
    {
        using var key = KeyOf(values);
        if (key is null || call.Header(Signature) is not { } given || call.Header(Timestamp) is not { } time)
        {
            return false;
        }

        var signature = new byte[given.Length];
        var signed = new byte[Encoding.UTF8.GetByteCount(time) + call.Body.Length];
        call.Body.Span.CopyTo(signed.AsSpan(Encoding.UTF8.GetBytes(time, signed)));
        return Convert.TryFromBase64String(given, signature, out var length)
            && key.VerifyData(signed, signature.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static ECDsa? KeyOf(ConnectionValues values)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(values.Line(MailFeedbacks.Key)), out _);
            return key;
        }
        catch (Exception unusable) when (unusable is FormatException or CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }

    private static FeedbackItem? ItemOf(JsonElement told)
    {
        var reason = told.Text("reason") ?? told.Text("response");
        FeedbackKind? kind = told.Text("event") switch
        {
            "delivered" => FeedbackKind.Delivered,
            "bounce" => told.Text("type") == "blocked" ? FeedbackKind.SoftBounce : FeedbackKind.HardBounce,
            "blocked" => FeedbackKind.SoftBounce,
            "dropped" => Dropped(reason),
            "spamreport" => FeedbackKind.Complaint,
            "unsubscribe" or "group_unsubscribe" => FeedbackKind.Unsubscribed,
            _ => null,
        };
        return kind is { } known && told.Text("sg_event_id") is { } id
            ? new FeedbackItem(known, id, told.Text("email"), FeedbackJson.OurMessage(told.Text(FeedbackJson.MessageId) ?? told.Text("smtp-id")), reason)
            : null;
    }

    // Not sent, because of what it knows of the address.
    private static FeedbackKind Dropped(string? reason) => reason switch
    {
        "Bounced Address" or "Invalid" => FeedbackKind.HardBounce,
        "Spam Reporting Address" => FeedbackKind.Complaint,
        "Unsubscribed Address" => FeedbackKind.Unsubscribed,
        _ => FeedbackKind.SoftBounce,
    };
}
