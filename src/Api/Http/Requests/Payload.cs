using System.Text.Json;

namespace Marketing.Http;

/// <summary>
/// One level of a JSON body, read field by field. Absent and null are both "not given" unless a method says otherwise; unknown
/// fields are ignored; a wrong type is refused with the path of the field.
/// </summary>
internal readonly partial struct Payload(JsonElement element, string path)
{
    /// <summary>The value itself.</summary>
    public JsonElement Element { get; } = element;

    /// <summary>Where it is in the body: <c>.customer</c>, <c>.items[2]</c>; empty for the body itself.</summary>
    public string Path { get; } = path;

    /// <summary>How many elements the array has.</summary>
    public int Count => Element.GetArrayLength();

    public bool IsObject => Element.ValueKind == JsonValueKind.Object;

    public bool IsText => Element.ValueKind == JsonValueKind.String;

    /// <summary>Whether the field is there at all, null included.</summary>
    public bool Has(string name) => Element.TryGetProperty(name, out _);

    /// <summary>The field as it is, when it is given.</summary>
    public Payload? Any(string name) => Given(name, out var value) ? new Payload(value, $"{Path}.{name}") : null;

    public Payload? Object(string name)
    {
        if (!Given(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Object ? new Payload(value, $"{Path}.{name}") : throw WrongType(name, "object");
    }

    public Payload RequiredObject(string name) => Object(name) ?? throw Missing(name);

    /// <summary>The elements of an array.</summary>
    public List<Payload>? List(string name, int maxCount)
    {
        if (!Given(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw WrongType(name, "array");
        }

        return new Payload(value, $"{Path}.{name}").Items(maxCount);
    }

    /// <summary>The elements, when this is an array.</summary>
    public List<Payload> Items(int maxCount)
    {
        if (Count > maxCount)
        {
            throw Refuse("", $"must NOT have more than {maxCount} items");
        }

        var items = new List<Payload>(Count);
        foreach (var item in Element.EnumerateArray())
        {
            items.Add(new Payload(item, $"{Path}[{items.Count}]"));
        }

        return items;
    }

    /// <summary>This value, which must be an object.</summary>
    public Payload AsObject() => IsObject ? this : throw Refuse("", "must be object");

    public long? Integer(string name, long min = 0, long max = MaxMoney)
    {
        if (!Given(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
        {
            throw WrongType(name, "integer");
        }

        if (number < min)
        {
            throw Refuse($".{name}", $"must be >= {min}");
        }

        return number <= max ? number : throw Refuse($".{name}", $"must be <= {max}");
    }

    public bool? Flag(string name)
    {
        if (!Given(name, out var value))
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw WrongType(name, "boolean");
    }

    /// <summary>A point in time, ISO 8601.</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (Text(name, 64) is not { } text)
        {
            return null;
        }

        return IsoTime.TryInstant(text, out var instant) ? instant : throw Refuse($".{name}", "must be an ISO 8601 date or datetime");
    }

    /// <summary>A length of time, ISO 8601.</summary>
    public TimeSpan? Duration(string name, TimeSpan max)
    {
        if (Text(name, 64) is not { } text)
        {
            return null;
        }

        if (!IsoTime.TryDuration(text, out var duration))
        {
            throw Refuse($".{name}", "must be an ISO 8601 duration such as PT10M or P1D");
        }

        return duration <= max ? duration : throw Refuse($".{name}", $"must be at most {IsoTime.Format(max)}");
    }

    /// <summary>The refusal of a field of this level, to be thrown.</summary>
    /// <param name="suffix">The rest of the path: <c>.email</c>, <c>[3]</c>, or empty for this level.</param>
    /// <param name="rule">What it must be.</param>
    public RefusedException Refuse(string suffix, string rule)
    {
        var where = Path + suffix;
        return new RefusedException(ApiError.InvalidPayload(where.Length == 0 ? $"Payload {rule}" : $"Payload property '{where}' {rule}"));
    }

    public RefusedException Missing(string name) => Refuse("", $"must have required property '{name}'");

    private RefusedException WrongType(string name, string type) => Refuse($".{name}", $"must be {type}");

    private bool Given(string name, out JsonElement value) =>
        Element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Sums of this many minor units over a customer's life still fit into 64 bits.</summary>
    public const long MaxMoney = 100_000_000_000_000;
}
