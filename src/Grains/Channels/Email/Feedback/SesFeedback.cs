using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Marketing.Channels.Sms;

namespace Marketing.Channels.Email.Feedback;

/// <summary>Amazon SES, which tells by way of a topic of Amazon SNS.</summary>
internal sealed partial class SesFeedback(ISnsCalls calls) : IMailFeedback
{
    // What could not be delivered is tried again for an hour.
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(1);

    private static readonly string[] OfNotification = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
    private static readonly string[] OfConfirmation = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

    public string Name => "ses";

    public IEnumerable<FieldProblem> Check(ConnectionValues values)
    {
        if (values.Text(MailFeedbacks.Topic) is not { } topic || !Arn().IsMatch(topic))
        {
            yield return new FieldProblem($"settings.{MailFeedbacks.Topic}", "must be the ARN of an SNS topic, such as arn:aws:sns:eu-west-1:123456789012:bounces");
        }
    }

    public (string Name, string Value)? HeaderOf(string messageId) => ("X-SES-MESSAGE-TAGS", $"{FeedbackJson.MessageId}={messageId}");

    public async ValueTask<FeedbackReading> ReadAsync(ConnectionValues values, HookCall call, DateTimeOffset now)
    {
        if (call.Json() is not { } envelope || envelope.Text("TopicArn") is not { } topic || topic != values.Text(MailFeedbacks.Topic)
            || !DateTimeOffset.TryParse(envelope.Text("Timestamp"), System.Globalization.CultureInfo.InvariantCulture, out var at) || now - at > Oldest || !await IsSignedAsync(envelope, now))
        {
            return FeedbackReading.Forged;
        }

        switch (envelope.Text("Type"))
        {
            case "SubscriptionConfirmation":
                return IsAmazons(envelope.Text("SubscribeURL")) is { } url && await calls.ConfirmAsync(url) ? FeedbackReading.Nothing : FeedbackReading.Forged;
            case "Notification":
                return Parsed(envelope.Text("Message")) is { } told ? Read(told) : FeedbackReading.Nothing;
            default:
                return FeedbackReading.Nothing;
        }
    }

    private async ValueTask<bool> IsSignedAsync(JsonElement envelope, DateTimeOffset now)
    {
        if (IsAmazons(envelope.Text("SigningCertURL")) is not { } url || !url.AbsolutePath.EndsWith(".pem", StringComparison.Ordinal) || await calls.CertificateAsync(url) is not { } certificate
            || now < certificate.NotBefore || now > certificate.NotAfter)
        {
            return false;
        }

        var algorithm = envelope.Text("SignatureVersion") switch
        {
#pragma warning disable CA5350 // What Amazon signs with unless told otherwise is not ours to choose.
            "1" => HashAlgorithmName.SHA1,
#pragma warning restore CA5350
            "2" => HashAlgorithmName.SHA256,
            _ => default,
        };
        var signature = new byte[1_024];
        using var key = certificate.GetRSAPublicKey();
        return key is not null && algorithm != default && Convert.TryFromBase64String(envelope.Text("Signature") ?? "", signature, out var length)
            && key.VerifyData(Encoding.UTF8.GetBytes(Signed(envelope)), signature.AsSpan(0, length), algorithm, RSASignaturePadding.Pkcs1);
    }

    /// <summary>What is signed of a message of SNS.</summary>
    internal static string Signed(JsonElement envelope)
    {
        var signed = new StringBuilder();
        foreach (var name in envelope.Text("Type") == "Notification" ? OfNotification : OfConfirmation)
        {
            if (envelope.Text(name) is { } value)
            {
                signed.Append(name).Append('\n').Append(value).Append('\n');
            }
        }

        return signed.ToString();
    }

    // Anybody can have a certificate, and an address: what counts is whose host they are at.
    private static Uri? IsAmazons(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "https", IsDefaultPort: true, UserInfo: "" } && Host().IsMatch(url.Host) ? url : null;

    private static JsonElement? Parsed(string? json)
    {
        try
        {
            return json is null ? null : JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            // SNS says hello in words.
            return null;
        }
    }

    private static FeedbackReading Read(JsonElement told)
    {
        var message = MessageOf(told.Find("mail"));
        return (told.Text("notificationType") ?? told.Text("eventType")) switch
        {
            "Bounce" when told.Find("bounce") is { } bounce => new FeedbackReading.Told([.. Bounces(bounce, message)]),
            "Complaint" when told.Find("complaint") is { } complaint => new FeedbackReading.Told([.. Complaints(complaint, message)]),
            "Delivery" when told.Find("delivery") is { } delivery => new FeedbackReading.Told(
                [.. delivery.Find("recipients").Items().Select(recipient => new FeedbackItem(FeedbackKind.Delivered, "", recipient.ValueKind == JsonValueKind.String ? recipient.GetString() : null, message, null))]),
            _ => FeedbackReading.Nothing,
        };
    }

    private static IEnumerable<FeedbackItem> Bounces(JsonElement bounce, string? message)
    {
        var kind = bounce.Text("bounceType") == "Permanent" ? FeedbackKind.HardBounce : FeedbackKind.SoftBounce;
        return bounce.Find("bouncedRecipients").Items().Select(recipient => new FeedbackItem(
            kind, $"{bounce.Text("feedbackId")}/{recipient.Text("emailAddress")}", recipient.Text("emailAddress"), message,
            recipient.Text("diagnosticCode") ?? $"{bounce.Text("bounceType")}: {bounce.Text("bounceSubType")}"));
    }

    private static IEnumerable<FeedbackItem> Complaints(JsonElement complaint, string? message)
    {
        if (complaint.Text("complaintFeedbackType") == "not-spam")
        {
            return [];
        }

        // Providers leave out who it was: of several it is anybody.
        var recipients = complaint.Find("complainedRecipients").Items().Select(static recipient => recipient.Text("emailAddress")).ToArray();
        return [new FeedbackItem(FeedbackKind.Complaint, complaint.Text("feedbackId") ?? "", recipients is [var only] ? only : null, message, complaint.Text("complaintFeedbackType"))];
    }

    // Its own id is not ours, and it writes that over ours on the way; what was handed to it is among the headers, or what travelled along.
    private static string? MessageOf(JsonElement? mail) => mail is not { } sent ? null
        : FeedbackJson.OurMessage(sent.Find("tags")?.Find(FeedbackJson.MessageId).Items().Select(static tag => tag.GetString()).FirstOrDefault())
            ?? sent.Find("headers").Items().Where(static header => string.Equals(header.Text("name"), "Message-ID", StringComparison.OrdinalIgnoreCase))
                .Select(static header => FeedbackJson.OurMessage(header.Text("value"))).FirstOrDefault(static id => id is not null);

    [GeneratedRegex(@"^sns\.[a-zA-Z0-9\-]{3,}\.amazonaws\.com(\.cn)?\z")]
    private static partial Regex Host();

    [GeneratedRegex(@"^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_.-]{1,260}\z")]
    private static partial Regex Arn();
}
