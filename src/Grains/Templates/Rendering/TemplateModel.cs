using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Fluid;
using Fluid.Values;

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

    /// <summary>The customer's document, for callers that need a field of it themselves.</summary>
    public JsonElement Customer => _customer.Element;

    /// <summary>What the parts of the message may use up together; the clock starts with the first of them.</summary>
    [field: AllowNull]
    public RenderBudget Budget => field ??= new RenderBudget();

    /// <summary>Where dates are printed; UTC when this machine does not know the zone.</summary>
    public TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>Adds a root; it wins over one of the same name in the trigger's data.</summary>
    /// <param name="name">Root name.</param>
    /// <param name="value">A plain value, an <c>IDictionary&lt;string, object?&gt;</c> of plain values, or a <see cref="DerivedRoot"/>.</param>
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
            extra = extra is DerivedRoot derived ? derived.Make(_extra.GetValueOrDefault(derived.From)) : extra;
            value = FluidValue.Create(extra, TemplateOptions.Default);
            return true;
        }

        return _data.TryGet(name, out value);
    }
}

/// <summary>A root that is made of another one when somebody looks at it; the same instance for all messages.</summary>
/// <param name="From">Name of the other one.</param>
/// <param name="Make">Makes it of the other's value.</param>
internal sealed record DerivedRoot(string From, Func<object?, object?> Make);
