using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Fluid;
using Fluid.Values;
using Marketing.Channels;

namespace Marketing.Templates;

/// <summary>
/// What the templates of one message can print. Cheap to make: nothing is parsed before a template looks at it. For one message and
/// one thread at a time.
/// </summary>
/// <param name="customer">The stored customer document, UTF-8 JSON.</param>
/// <param name="data">A JSON object, UTF-8, whose properties are further roots: order, segment, event.</param>
/// <param name="timeZone">IANA name of the zone dates print in.</param>
internal sealed class TemplateModel(ReadOnlyMemory<byte> customer, ReadOnlyMemory<byte> data, string timeZone = "UTC")
{
    private readonly JsonFields _customer = new(customer);
    private readonly JsonFields _data = new(data);
    private readonly Dictionary<string, object?> _extra = new(StringComparer.Ordinal);

    /// <summary>The model of a message: the customer as stored now, the data of its trigger, and what the engine adds.</summary>
    public static TemplateModel For(OutboundMessage message)
    {
        var model = new TemplateModel(message.Recipient.Document, message.Trigger.Data, message.TimeZone)
            .With("distribution", new Dictionary<string, object?> { ["id"] = message.DistributionId, ["name"] = message.DistributionName })
            .With("project", new Dictionary<string, object?> { ["id"] = message.ProjectId })
            .With("unsubscribe_url", message.UnsubscribeUrl);

        // Triggers that carry no event object of their own still tell which event it was.
        return model._data.TryGet("event", out _) ? model : model.With("event", new Dictionary<string, object?>
        {
            ["id"] = message.Trigger.EventId,
            ["type"] = message.Trigger.Type,
            ["created_at"] = WireJson.Text(message.Trigger.CreatedAt),
        });
    }

    /// <summary>The customer's document, for callers that need a field of it themselves.</summary>
    public JsonElement Customer => _customer.Element;

    /// <summary>What the parts of the message may use up together; the clock starts with the first of them.</summary>
    [field: AllowNull]
    public RenderBudget Budget => field ??= new RenderBudget();

    /// <summary>Where dates are printed; UTC when this machine does not know the zone.</summary>
    public TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>Adds a root; it wins over one of the same name in the trigger's data.</summary>
    /// <param name="name">Root name.</param>
    /// <param name="value">A plain value, or an <c>IDictionary&lt;string, object?&gt;</c> of plain values.</param>
    public TemplateModel With(string name, object? value)
    {
        _extra[name] = value;
        return this;
    }

    public bool TryGetRoot(string name, out FluidValue value)
    {
        if (name == "customer")
        {
            value = _customer;
            return true;
        }

        if (_extra.TryGetValue(name, out var extra))
        {
            value = FluidValue.Create(extra, TemplateOptions.Default);
            return true;
        }

        return _data.TryGet(name, out value);
    }
}
