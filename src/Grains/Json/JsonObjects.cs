using System.Text.Json;
using System.Text.Json.Nodes;

namespace Marketing.Json;

/// <summary>Objects of callers that are changed key by key, such as metadata.</summary>
internal static class JsonObjects
{
    /// <summary>
    /// Overlays one JSON object on another, key by key; the one that was there where nothing is different. A null is a value like others: the product keeps it, and to
    /// filters and templates it is unknown.
    /// </summary>
    public static RawJson Merge(RawJson? present, RawJson given)
    {
        if (present is null || given.Equals(RawJson.EmptyObject))
        {
            return present ?? given;
        }

        var result = JsonNode.Parse(present.Utf8.Span)!.AsObject();
        var changed = false;
        foreach (var (key, value) in JsonNode.Parse(given.Utf8.Span)!.AsObject())
        {
            if (!result.TryGetPropertyValue(key, out var known) || !JsonNode.DeepEquals(known, value))
            {
                result[key] = value?.DeepClone();
                changed = true;
            }
        }

        return changed ? new RawJson(JsonSerializer.SerializeToUtf8Bytes(result)) : present;
    }

    /// <summary>One object with the fields of both, which share none.</summary>
    public static byte[] Joined(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.Length <= 2 || other.Length <= 2)
        {
            return (one.Length <= 2 ? other : one).ToArray();
        }

        var joined = new byte[one.Length + other.Length - 1];
        one[..^1].CopyTo(joined);
        joined[one.Length - 1] = (byte)',';
        other[1..].CopyTo(joined.AsSpan(one.Length));
        return joined;
    }

    /// <summary>A JSON object without some of its keys; the one that was there where it has none of them.</summary>
    public static RawJson? Without(RawJson? present, IReadOnlyList<string> keys)
    {
        if (present is null || keys.Count == 0)
        {
            return present;
        }

        var result = JsonNode.Parse(present.Utf8.Span)!.AsObject();
        var changed = false;
        foreach (var key in keys)
        {
            changed |= result.Remove(key);
        }

        return changed ? new RawJson(JsonSerializer.SerializeToUtf8Bytes(result)) : present;
    }
}
