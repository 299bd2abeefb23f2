using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Marketing.Channels.Sms;

namespace Marketing.Channels.Email.Feedback;

/// <summary>What mail services post, by their own examples, signed with keys of the tests.</summary>
internal sealed class FeedbackSamples : ISnsCalls, IDisposable
{
    public const string Ours = "msg_0000000100000000000000ff";
    public const string Topic = "arn:aws:sns:us-east-1:123456789012:bounces";
    public const string Secret = "hook:s3cret";

    private const string Certificate = "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem";

    public static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    private readonly RSA _amazon = RSA.Create(2048);
    private readonly ECDsa _sendGrid = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public FeedbackSamples() => _certificate = new CertificateRequest("CN=sns.amazonaws.com", _amazon, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        .CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Where certificates were asked for, and subscriptions confirmed.</summary>
    public List<Uri> Called { get; } = [];

    public static IReadOnlyList<string> Services { get; } = ["ses", "sendgrid", "postmark", "http"];

    /// <summary>What is entered for a service.</summary>
    public (object Settings, object Credentials) Entered(string service) => service switch
    {
        "ses" => (new { feedback = service, feedback_topic = Topic }, new { }),
        "sendgrid" => (new { feedback = service, feedback_key = Convert.ToBase64String(_sendGrid.ExportSubjectPublicKeyInfo()) }, new { }),
        _ => (new { feedback = service }, new { feedback_secret = Secret }),
    };

    /// <summary>A mail to an address came back for good.</summary>
    public HookCall Hard(string service, string address = "jane@example.com", string? message = Ours, string id = "1") => Signed(service, service switch
    {
        "ses" => SesBounce("Permanent", address, message, id),
        "sendgrid" => $$"""
            [{"email":"{{address}}","timestamp":1600112492,"smtp-id":"<{{Of(message)}}>","event":"bounce","category":["cat facts"],"sg_event_id":"{{id}}","sg_message_id":"14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0","reason":"500 unknown recipient","status":"5.0.0","type":"bounce"}]
            """ + "\r\n",
        "postmark" => Postmark("HardBounce", 1, inactive: true, address, message, id),
        _ => $$"""{"id":"{{id}}","type":"bounce","address":"{{address}}","message_id":"{{message}}","reason":"550 5.1.1 unknown"}""",
    });

    /// <summary>It came back, and the next one may arrive.</summary>
    public HookCall Soft(string service, string address = "jane@example.com", string? message = Ours, string id = "2") => Signed(service, service switch
    {
        "ses" => SesBounce("Transient", address, message, id),
        "sendgrid" => $$"""[{"email":"{{address}}","timestamp":1600112492,"smtp-id":"<{{Of(message)}}>","event":"bounce","sg_event_id":"{{id}}","reason":"452 too many mails","status":"4.5.3","type":"blocked"}]""",
        "postmark" => Postmark("SoftBounce", 4096, inactive: false, address, message, id),
        _ => $$"""[{"id":"{{id}}","type":"soft_bounce","address":"{{address}}","message_id":"{{message}}","reason":"mailbox full"}]""",
    });

    /// <summary>Its reader reported it.</summary>
    public HookCall Complaint(string service, string address = "jane@example.com", string? message = Ours, string id = "3") => Signed(service, service switch
    {
        "ses" => $$"""
            {"notificationType":"Complaint","complaint":{"userAgent":"AnyCompany Feedback Loop (V0.01)","complainedRecipients":[{"emailAddress":"{{address}}"}],"complaintFeedbackType":"abuse",
             "arrivalDate":"2016-01-27T14:59:38.237Z","timestamp":"2016-01-27T14:59:38.237Z","feedbackId":"000001378603177f-18c07c78-fa81-4a58-9dd1-fedc3cb8f49a-{{id}}"},"mail":{{SesMail(message)}} }
            """,
        "sendgrid" => $$"""[{"email":"{{address}}","timestamp":1600112492,"smtp-id":"<{{Of(message)}}>","event":"spamreport","sg_event_id":"{{id}}"}]""",
        "postmark" => Postmark("SpamComplaint", 512, inactive: true, address, message, id).Replace("\"RecordType\":\"Bounce\"", "\"RecordType\":\"SpamComplaint\"", StringComparison.Ordinal),
        _ => $$"""{"id":"{{id}}","type":"complaint","address":"{{address}}","message_id":"{{message}}"}""",
    });

    public HookCall Delivered(string service, string address = "jane@example.com", string? message = Ours) => Signed(service, service switch
    {
        "ses" => $$"""{"notificationType":"Delivery","mail":{{SesMail(message)}},"delivery":{"timestamp":"2016-01-27T14:59:38.237Z","recipients":["{{address}}"],"smtpResponse":"250 ok:  Message 64111812 accepted"} }""",
        "sendgrid" => $$"""[{"email":"{{address}}","timestamp":1600112492,"smtp-id":"<{{Of(message)}}>","event":"delivered","sg_event_id":"4","response":"250 OK"}]""",
        "postmark" => $$"""{"RecordType":"Delivery","MessageID":"883953f4-6105-42a2-a16a-77a8eac79483","Recipient":"{{address}}","Metadata":{"message_id":"{{message}}"} }""",
        _ => $$"""{"type":"delivered","address":"{{address}}","message_id":"{{message}}"}""",
    });

    /// <summary>A body as the service would post it.</summary>
    public HookCall Signed(string service, string body)
    {
        switch (service)
        {
            case "ses":
                return new HookCall("https://engine.example/", new Dictionary<string, string>(), Encoding.UTF8.GetBytes(Notification("Notification", body)));
            case "sendgrid":
                const string at = "1600112502";
                var signature = _sendGrid.SignData(Encoding.UTF8.GetBytes(at + body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
                return Call(body, ("x-twilio-email-event-webhook-signature", Convert.ToBase64String(signature)), ("x-twilio-email-event-webhook-timestamp", at));
            case "postmark":
                return Call(body, ("authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))}"));
            default:
                return Call(body, ("x-signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(body)))));
        }
    }

    /// <summary>What SNS posts.</summary>
    public string Notification(string type, string message, string version = "2", string topic = Topic, string certificate = Certificate, DateTimeOffset? at = null, string? subscribe = null)
    {
        var envelope = new Dictionary<string, string>
        {
            ["Type"] = type,
            ["MessageId"] = "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
            ["TopicArn"] = topic,
            ["Message"] = message,
            ["Timestamp"] = (at ?? Now).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["SignatureVersion"] = version,
            ["SigningCertURL"] = certificate,
        };
        if (type != "Notification")
        {
            envelope["Token"] = "2336412f37";
            envelope["SubscribeURL"] = subscribe ?? "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37";
        }

        var signed = Encoding.UTF8.GetBytes(SesFeedback.Signed(JsonSerializer.SerializeToElement(envelope)));
        envelope["Signature"] = Convert.ToBase64String(_amazon.SignData(signed, version == "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return JsonSerializer.Serialize(envelope);
    }

    public ValueTask<X509Certificate2?> CertificateAsync(Uri url)
    {
        Called.Add(url);
        return new(url.AbsoluteUri == Certificate ? _certificate : null);
    }

    public Task<bool> ConfirmAsync(Uri url)
    {
        Called.Add(url);
        return Task.FromResult(true);
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _amazon.Dispose();
        _sendGrid.Dispose();
    }

    private static HookCall Call(string body, params (string Name, string Value)[] headers) =>
        new("https://engine.example/", headers.ToDictionary(header => header.Name, header => header.Value), Encoding.UTF8.GetBytes(body));

    private static string Of(string? message) => $"{message ?? "LRzXl_NHStOGhQ4kofSm_A"}@shop.example";

    private static string SesMail(string? message) => $$"""
        {"timestamp":"2016-01-27T14:59:38.237Z","source":"john@example.com","sourceArn":"arn:aws:ses:us-east-1:888888888888:identity/example.com","sourceIp":"127.0.3.0","sendingAccountId":"123456789012",
         "messageId":"00000138111222aa-33322211-cccc-cccc-cccc-ddddaaaa0680-000000","destination":["jane@example.com","mary@example.com","richard@example.com"],"headersTruncated":false,
         "headers":[{"name":"From","value":"\"John Doe\" <john@example.com>"},{"name":"Message-ID","value":"<{{Of(message)}}>"},{"name":"Subject","value":"Hello"}],
         "commonHeaders":{"from":["John Doe <john@example.com>"],"messageId":"custom-message-ID","subject":"Hello"} }
        """;

    private static string SesBounce(string type, string address, string? message, string id) => $$"""
        {"notificationType":"Bounce","bounce":{"bounceType":"{{type}}","reportingMTA":"dns; email.example.com",
         "bouncedRecipients":[{"emailAddress":"{{address}}","status":"5.1.1","action":"failed","diagnosticCode":"smtp; 550 5.1.1 <{{address}}>... User"}],"bounceSubType":"General",
         "timestamp":"2016-01-27T14:59:38.237Z","feedbackId":"00000138111222aa-33322211-cccc-cccc-cccc-ddddaaaa068a-{{id}}","remoteMtaIp":"127.0.2.0"},"mail":{{SesMail(message)}} }
        """;

    private static string Postmark(string type, int code, bool inactive, string address, string? message, string id) => $$"""
        {"RecordType":"Bounce","MessageStream":"outbound","ID":{{id}},"Type":"{{type}}","TypeCode":{{code}},"Name":"Hard bounce","Tag":"Test","MessageID":"883953f4-6105-42a2-a16a-77a8eac79483",
         "Metadata":{"message_id":"{{message}}"},"ServerID":23,"Description":"The server was unable to deliver your message.","Details":"Test bounce details","Email":"{{address}}",
         "From":"sender@example.com","BouncedAt":"2019-11-05T16:33:54.9070259Z","DumpAvailable":true,"Inactive":{{(inactive ? "true" : "false")}},"CanActivate":true,"Subject":"Test subject"}
        """;
}
