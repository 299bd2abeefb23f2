using System.Text.Json;
using DotLiquid;
using Marketing.Channels;

namespace Marketing.Templates;

/// <summary>
/// What the templates of one message can print. Cheap to make: nothing is parsed before a template looks at it. For one message and
/// one thread at a time.
/// </summary>
/// <param name="customer">The stored customer document, UTF-8 JSON.</param>
/// <param name="data">A JSON object, UTF-8, whose properties are further roots: order, segment, event.</param>
internal sealed class TemplateModel(ReadOnlyMemory<byte> customer, ReadOnlyMemory<byte> data)
{
    private readonly JsonDrop _customer = new(customer);
    private readonly JsonDrop _data = new(data);
    private readonly Dictionary<string, object?> _extra = new(StringComparer.Ordinal);
    private Hash? _roots;
    private RenderBudget? _budget;

    /// <summary>The model of a message: the customer as stored now, the data of its trigger, and what the engine adds.</summary>
    public static TemplateModel For(OutboundMessage message)
    {
        var model = new TemplateModel(message.Recipient.Document, message.Trigger.Data)
            .With("distribution", new Dictionary<string, object?> { ["id"] = message.DistributionId, ["name"] = message.DistributionName })
            .With("project", new Dictionary<string, object?> { ["id"] = message.ProjectId })
            .With("unsubscribe_url", message.UnsubscribeUrl);

        // Triggers that carry no event object of their own still tell which event it was.
        if (!model._data.Element.TryGetProperty("event", out _))
        {
            model.With("event", new Dictionary<string, object?>
            {
                ["id"] = message.Trigger.EventId,
                ["type"] = message.Trigger.Type,
                ["created_at"] = WireJson.Text(message.Trigger.CreatedAt),
            });
        }

        return model;
    }

    /// <summary>The customer's document, for callers that need a field of it themselves.</summary>
    public JsonElement Customer => _customer.Element;

    /// <summary>What the parts of the message may use up together; the clock starts with the first of them.</summary>
    public RenderBudget Budget(RenderDeadline deadline) => _budget ??= new RenderBudget(deadline.Token());

    /// <summary>Adds a root; it wins over one of the same name in the trigger's data.</summary>
    /// <param name="name">Root name.</param>
    /// <param name="value">A plain value, or an <c>IDictionary&lt;string, object?&gt;</c> of plain values.</param>
    public TemplateModel With(string name, object? value)
    {
        _extra[name] = value;
        return this;
    }

    public bool TryGetRoot(string name, out object? value)
    {
        if (name == "customer")
        {
            value = _customer;
            return true;
        }

        if (_extra.TryGetValue(name, out value))
        {
            return true;
        }

        if (_data.Element.ValueKind == JsonValueKind.Object && _data.Element.TryGetProperty(name, out var found))
        {
            value = JsonDrop.ValueOf(found);
            return true;
        }

        return false;
    }

    /// <summary>The same roots for the engine's own tags, such as conditions and loops.</summary>
    public Hash Roots() => _roots ??= BuildRoots();

    private Hash BuildRoots()
    {
        var roots = new Hash();
        if (_data.Element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in _data.Element.EnumerateObject())
            {
                roots[property.Name] = JsonDrop.ValueOf(property.Value);
            }
        }

        foreach (var (name, value) in _extra)
        {
            roots[name] = value;
        }

        roots["customer"] = _customer;
        return roots;
    }
}
