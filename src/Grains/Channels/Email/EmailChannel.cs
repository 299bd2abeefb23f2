using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Marketing.Branding;
using Marketing.Channels.Email.Feedback;
using Marketing.Channels.Email.Smtp;
using Marketing.Customers;
using Marketing.Storage;
using Marketing.Templates;
using Marketing.Tracking;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>Delivers by email: over SMTP, or into files while no server is configured.</summary>
internal sealed partial class EmailChannel(
    TemplateEngine engine, IEmailTransport transport, IConnections connections, BrandBook brands, TrackedLinks links, SmtpTransports servers, MailFeedbacks feedbacks, MailReturns returns, IOptions<EmailOptions> options, TimeProvider clock, ILogger<EmailChannel> logger) : IChannel
{
    private static readonly IReadOnlyList<TimeSpan> DefaultDelays =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(12),
    ];

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // One entry per version of a distribution; gone with it. As many again for the same entry and another server, or other brand details.
    private readonly ConditionalWeakTable<ChannelDefinition, EmailTemplate> _templates = [];
    private readonly ConditionalWeakTable<ChannelConnection, ConditionalWeakTable<ChannelDefinition, EmailTemplate>> _templatesOfServers = [];
    private readonly MailboxAddress _sender = MailboxAddress.Parse(options.Value.From);

    public string Type => "email";

    public IReadOnlyList<FieldDescriptor> Content { get; } =
    [
        new("subject", EntryKind.Template, "Subject") { Required = true, Max = 4_000, Help = "One line; variables are allowed." },
        new("html", EntryKind.Html, "HTML") { Max = TemplateEngine.MaxSourceBytes, Help = "It, blocks, or the text, is required." },
        new("blocks", EntryKind.Json, "Blocks") { Max = TemplateEngine.MaxSourceBytes, Help = "A document that becomes HTML and text; in the place of HTML." },
        new("text", EntryKind.Template, "Text") { Max = TemplateEngine.MaxSourceBytes, Default = "made from the HTML" },
        new("from_name", EntryKind.Line, "Name of the sender") { Max = 200 },
        new("reply_to", EntryKind.Line, "Reply address") { Max = 320 },
    ];

    public bool NeedsBrand => true;

    public bool PausesWhenExhausted => false;

    public TimeSpan DeferralLimit => options.Value.DeferralLimit;

    public IEnumerable<FieldProblem> Validate(ChannelDefinition channel, TemplateScope scope)
    {
        var template = new EmailTemplate(channel.Template, engine, _sender, brand: null, scope);
        return channel.Template?.Blocks is { } document ? [.. template.Problems, .. MailReview.Problems(document, template.HtmlSource)] : template.Problems;
    }

    public IEnumerable<FieldProblem> Warnings(ChannelDefinition channel) => MailReview.Of(channel.Template);

    public bool? TakesAddress(string address) => EmailAddress.IsMailbox(address.AsSpan().Trim());

    public ReachKind Reaches => ReachKind.Mailboxes;

    public Reachability Reach(Recipient recipient)
    {
        if (string.IsNullOrWhiteSpace(recipient.Email))
        {
            return new Reachability(null, SkipReasons.NoAddress);
        }

        return EmailAddress.TryNormalize(recipient.Email, out var address)
            ? new Reachability(address, null)
            : new Reachability(null, SkipReasons.InvalidAddress);
    }

    public RawJson Preview(OutboundMessage message)
    {
        var template = TemplateOf(message, connections.Choose(message.Project, Type, message.Channel.Connection).Connection);
        if (template.Problems.Count > 0)
        {
            throw new TemplateRenderException(Describe(template.Problems[0]));
        }

        RenderedEmail email;
        try
        {
            email = template.Render(MessageModel.Of(message), AddressOf(message) ?? "");
        }
        catch (Exception problem) when (problem is JsonException or ParseException)
        {
            throw new TemplateRenderException(problem is ParseException ? "The customer's address is not an email address." : "The data of the message is not valid JSON.", problem);
        }

        var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, Readable))
        {
            writer.WriteStartObject();
            writer.WriteString("subject", email.Subject);
            writer.WriteString("html", email.Html);
            writer.WriteString("text", email.Text);
            writer.WriteString("from", Readably(email.From.Mailbox));
            writer.WriteString("to", Readably(email.To));
            if (email.Pictures.Count > 0)
            {
                writer.WriteStartObject("pictures");
                foreach (var picture in email.Pictures)
                {
                    writer.WriteString(picture.ContentId, $"data:image/png;base64,{Convert.ToBase64String(picture.Png)}");
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return new RawJson(json.ToArray());
    }

    public TimeSpan? RetryDelay(int failedAttempts)
    {
        var delays = options.Value.RetryDelays is { Count: > 0 } configured ? configured : DefaultDelays;
        return failedAttempts > delays.Count ? null : delays[Math.Max(0, failedAttempts - 1)];
    }

    public ConnectionUse Connections => ConnectionUse.Optional;

    public HandOverWindow WindowOf(int project, ChannelDefinition channel) =>
        connections.Choose(project, Type, channel.Connection).Connection is { Problem: null } connection ? servers.Of(connection).Window : transport.Window;

    public async Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, Recall? recall = null)
    {
        if (AddressOf(message) is not { } address)
        {
            return new DeliveryOutcome.Skipped(SkipReasons.NoAddress);
        }

        if (!EmailAddress.IsMailbox(address))
        {
            return new DeliveryOutcome.Skipped(SkipReasons.InvalidAddress);
        }

        var choice = connections.Choose(message.Project, Type, message.Channel.Connection);
        if (choice.WhyNot is { } whyNot)
        {
            return whyNot;
        }

        var template = TemplateOf(message, choice.Connection);
        if (template.Problems.Count > 0)
        {
            return new DeliveryOutcome.PermanentFailure(Describe(template.Problems[0]));
        }

        RenderedEmail email;
        try
        {
            email = template.Render(MessageModel.Of(message), EmailAddress.AsSent(address));
        }
        catch (Exception problem) when (problem is TemplateRenderException or JsonException or ParseException)
        {
            LogNotRendered(message.MessageId);
            return problem is ParseException
                ? new DeliveryOutcome.Skipped(SkipReasons.InvalidAddress)
                : new DeliveryOutcome.PermanentFailure(
                    problem is TemplateRenderException ? problem.Message : "The data of the message is not valid JSON.");
        }

        var now = clock.GetUtcNow();
        if (message.Tracking is { } tracking && email.Html is { } html)
        {
            email = email with
            {
                Html = TrackedHtml.Of(
                    html, tracking.Clicks ? url => links.By(message.Project, message.MessageId, now, url) : null, message.UnsubscribeUrl,
                    tracking.Opens ? links.PictureOf(message.Project, message.MessageId, now) : null),
            };
        }

        // What comes back says by its own name which message it was, where there is somewhere to come back to.
        var carrier = choice.Connection;
        var token = returns.TokenOf(carrier, message, email.To.Address);
        var named = carrier is null ? null : feedbacks.Of(carrier.Values)?.HeaderOf(message.MessageId);
        var mime = EmailComposer.Compose(email, token ?? message.MessageId, message.UnsubscribeUrl, now, named);
        var from = token is null ? email.From.Mailbox : MailReturns.SenderOf(carrier!, token);
        return await (carrier is null ? transport : servers.Of(carrier)).SendAsync(message.MessageId, mime, from, email.To, recall);
    }

    private static string? AddressOf(OutboundMessage message)
    {
        var address = (message.AddressOverride ?? message.Recipient.Email)?.Trim();
        return string.IsNullOrEmpty(address) ? null : address;
    }

    private static string Describe(FieldProblem problem) => $"{problem.Field}: {problem.Message}";

    private static string Readably(MailboxAddress mailbox) =>
        string.IsNullOrEmpty(mailbox.Name) ? mailbox.Address : $"{mailbox.Name} <{mailbox.Address}>";

    private EmailTemplate TemplateOf(OutboundMessage message, ChannelConnection? connection)
    {
        // Only mails of blocks say who writes by themselves.
        var brand = message.Channel.Template?.Blocks is null ? null : brands.Of(message.Project);
        var templates = connection is null ? _templates : _templatesOfServers.GetValue(connection, static _ => []);
        if (templates.TryGetValue(message.Channel, out var known) && ReferenceEquals(known.Brand, brand))
        {
            return known;
        }

        var sender = connection is null ? _sender : MailboxAddress.Parse(connection.Values.Line(SmtpProvider.From));
        var template = new EmailTemplate(message.Channel.Template, engine, sender, brand, scope: null);
        templates.AddOrUpdate(message.Channel, template);
        return template;
    }

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} cannot be rendered")]
    private partial void LogNotRendered(string messageId);
}
