using System.Text.Encodings.Web;
using System.Text.Json;
using Marketing.Customers;
using Marketing.Storage;
using Marketing.Templates;

namespace Marketing.Channels.Tools;

/// <summary>A tool as a channel: what a customer gets is written into the profile there, and the tool writes to the customer.</summary>
internal sealed class ToolChannel(ToolProvider tool, IConnections connections, ConnectionLines lines, ProviderRegistry providers)
    : ProviderChannel(tool.Descriptor.Channel, connections, lines, providers)
{
    private static readonly JsonSerializerOptions Readable = new(WireJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IConnections _connections = connections;

    public override ConnectionUse Connections => ConnectionUse.Required;

    public override IEnumerable<FieldProblem> Validate(ChannelDefinition channel, TemplateScope scope) =>
        channel.Template is null ? [] : [new FieldProblem("template", "A tool has its own templates; what goes where is a setting of the connection.")];

    public override Reachability Reach(Recipient recipient)
    {
        var document = JsonElement.Parse(recipient.Document.Span);
        return tool.Identity switch
        {
            ToolIdentity.SourceId when ProfileFields.At(document, "source_id") is null => new Reachability(null, SkipReasons.NoAddress),
            ToolIdentity.Email when string.IsNullOrWhiteSpace(recipient.Email) => new Reachability(null, SkipReasons.NoAddress),
            ToolIdentity.Email when !EmailAddress.TryNormalize(recipient.Email, out _) => new Reachability(null, SkipReasons.InvalidAddress),
            _ => default,
        };
    }

    public override RawJson Preview(OutboundMessage message)
    {
        var choice = _connections.Choose(message.Project, Type, message.Channel.Connection);
        return Compose(message, choice.Connection) switch
        {
            ({ } item, _) when item is ProfileItem profile => new RawJson(JsonSerializer.SerializeToUtf8Bytes(
                new { customer = profile.SourceId ?? profile.CustomerId, email = profile.Email, phone = profile.Phone, attributes = profile.Attributes }, Readable)),
            (_, DeliveryOutcome.PermanentFailure failure) => throw new TemplateRenderException(failure.Reason),
            _ => throw new TemplateRenderException("The project has no connection of this type."),
        };
    }

    protected override (ProviderItem? Item, DeliveryOutcome? Problem) Compose(OutboundMessage message, ChannelConnection? connection)
    {
        if (connection is null)
        {
            return (null, new DeliveryOutcome.TemporaryFailure("the project has no connection of this type"));
        }

        if (Reach(message.Recipient).SkipReason is { } skip)
        {
            return (null, new DeliveryOutcome.Skipped(skip));
        }

        var values = ProfileFields.Of(message);
        var attributes = connection.Values.Map("fields").Where(field => values.ContainsKey(field.Key)).ToDictionary(field => field.Value, field => values[field.Key], StringComparer.Ordinal);
        if (attributes.Count == 0)
        {
            return (null, new DeliveryOutcome.PermanentFailure("The message has nothing that the connection has a place for."));
        }

        var document = JsonElement.Parse(message.Recipient.Document.Span);
        return (new ProfileItem(
            message.MessageId, message.Recipient.Id, ProfileFields.At(document, "source_id"),
            message.Recipient.Email is { } email && EmailAddress.TryNormalize(email, out _) ? EmailAddress.AsSent(email.Trim()) : null,
            PhoneNumber.TryNormalize(message.Recipient.Phone, message.Recipient.DialCode, out var phone) ? phone : null, attributes), null);
    }
}
