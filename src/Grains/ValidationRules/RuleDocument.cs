using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Marketing.ValidationRules;

/// <summary>What of a rule is stored as one JSON object: <c>rules</c>, <c>bundle_rules</c>, <c>error</c> and <c>applicable_to</c>, as given, with what is meant where nothing is said.</summary>
internal static class RuleDocument
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly RawJson NoRules = RawJson.Parse("""{"logic":""}""");
    private static readonly RawJson Everything = RawJson.Parse("""{"excluded":[],"included":[],"included_all":false}""");

    /// <summary>The document after a change.</summary>
    /// <param name="present">As it was; null for a new rule.</param>
    /// <param name="change">What is given.</param>
    public static RawJson After(RawJson? present, ValidationRuleChange change)
    {
        var (rules, bundle, error, applicable) = present is null ? (NoRules, null, null, Everything) : Parts(present);
        rules = change.Rules is { } given ? Rules(given.ToElement()) : rules;
        bundle = change.BundleRules ?? bundle;
        error = change.Error is null ? error : change.Error.Equals(RawJson.EmptyObject) ? null : change.Error;
        applicable = change.ApplicableTo is { } items ? Applicable(items.ToElement()) : applicable;
        return Write(json =>
        {
            json.WriteStartObject();
            Field(json, "rules", rules);
            Field(json, "bundle_rules", bundle);
            Field(json, "error", error);
            Field(json, "applicable_to", applicable);
            json.WriteEndObject();
        });
    }

    public static (RawJson Rules, RawJson? BundleRules, RawJson? Error, RawJson ApplicableTo) Parts(RawJson document)
    {
        var root = document.ToElement();
        return (Part(root, "rules") ?? NoRules, Part(root, "bundle_rules"), Part(root, "error"), Part(root, "applicable_to") ?? Everything);
    }

    // Conditions and rules within a rule are there for whoever reads them, and so is the logic.
    private static RawJson Rules(JsonElement rules) => Write(json => WriteSet(json, rules, isTop: true));

    private static void WriteSet(Utf8JsonWriter json, JsonElement set, bool isTop)
    {
        if (set.ValueKind is not JsonValueKind.Object)
        {
            set.WriteTo(json);
            return;
        }

        var (count, hasLogic) = (0, false);
        json.WriteStartObject();
        foreach (var field in set.EnumerateObject().OrderBy(static field => int.TryParse(field.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue))
        {
            if (field.Name is "logic" && IsBlank(field.Value))
            {
                continue;
            }

            json.WritePropertyName(field.Name);
            if (field.Name is "logic")
            {
                hasLogic = true;
                field.Value.WriteTo(json);
            }
            else
            {
                count++;
                WriteRule(json, field.Value);
            }
        }

        if (!hasLogic && (isTop || count > 0))
        {
            json.WriteString("logic", string.Join(" and ", Enumerable.Range(1, count)));
        }

        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, JsonElement rule)
    {
        if (rule.ValueKind is not JsonValueKind.Object)
        {
            rule.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        foreach (var field in rule.EnumerateObject())
        {
            if (field.Name is "rules" or "conditions" && field.Value.ValueKind is JsonValueKind.Null)
            {
                continue;
            }

            json.WritePropertyName(field.Name);
            if (field.Name is "rules")
            {
                WriteSet(json, field.Value, isTop: false);
            }
            else
            {
                field.Value.WriteTo(json);
            }
        }

        foreach (var name in (ReadOnlySpan<string>)["conditions", "rules"])
        {
            if (!rule.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
            {
                json.WriteStartObject(name);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    private static bool IsBlank(JsonElement logic) =>
        logic.ValueKind is JsonValueKind.Null || (logic.ValueKind is JsonValueKind.String && string.IsNullOrWhiteSpace(logic.GetString()));

    private static RawJson Applicable(JsonElement given) => Write(json =>
    {
        json.WriteStartObject();
        foreach (var field in given.EnumerateObject().Where(static field => field.Value.ValueKind is not JsonValueKind.Null))
        {
            if (field.Name is "excluded" or "included" && field.Value.ValueKind is JsonValueKind.Array)
            {
                WriteItems(json, field);
            }
            else
            {
                field.WriteTo(json);
            }
        }

        foreach (var name in (ReadOnlySpan<string>)["excluded", "included"])
        {
            if (!Has(given, name))
            {
                json.WriteStartArray(name);
                json.WriteEndArray();
            }
        }

        if (!Has(given, "included_all"))
        {
            json.WriteBoolean("included_all", value: false);
        }

        json.WriteEndObject();
    });

    // What is meant where no effect is given is said.
    private static void WriteItems(Utf8JsonWriter json, JsonProperty items)
    {
        json.WriteStartArray(items.Name);
        foreach (var item in items.Value.EnumerateArray())
        {
            if (item.ValueKind is not JsonValueKind.Object || Has(item, "effect"))
            {
                item.WriteTo(json);
                continue;
            }

            json.WriteStartObject();
            foreach (var field in item.EnumerateObject().Where(static field => field.Name is not "effect"))
            {
                field.WriteTo(json);
            }

            json.WriteString("effect", ApplicableReader.NoEffect);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static bool Has(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null;

    private static RawJson? Part(JsonElement root, string name) => root.TryGetProperty(name, out var part) ? Write(part.WriteTo) : null;

    private static void Field(Utf8JsonWriter json, string name, RawJson? value)
    {
        if (value is not null)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
        }
    }

    private static RawJson Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            write(json);
        }

        return new RawJson(buffer.WrittenSpan.ToArray());
    }
}
