using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Marketing.Templates;

/// <summary>Values as JSON, for the <c>json</c> filter.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(object? value)
    {
        using var json = new LimitedWriter(256);
        Write(json, value);
        return json.ToString();
    }

    // Written piece by piece: the pieces of a list may be one long text again and again.
    private static void Write(LimitedWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.Write("null");
                break;
            case JsonDrop drop:
                json.Write(drop.ToString());
                break;
            case string text:
                json.Write(JsonSerializer.Serialize(text, Options));
                break;
            case bool or int or long or decimal or double:
                json.Write(JsonSerializer.Serialize(value, Options));
                break;
            case IDictionary<string, object?> fields:
                WriteAll(json, '{', fields, '}', field =>
                {
                    Write(json, field.Key);
                    json.Write(':');
                    Write(json, field.Value);
                });
                break;
            case IEnumerable list:
                WriteAll(json, '[', RenderBudget.Items(list), ']', item => Write(json, item));
                break;
            default:
                json.Write(JsonSerializer.Serialize(LiquidText.Of(value), Options));
                break;
        }
    }

    private static void WriteAll<T>(LimitedWriter json, char open, IEnumerable<T> items, char close, Action<T> write)
    {
        json.Write(open);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
            {
                json.Write(',');
            }

            isFirst = false;
            write(item);
        }

        json.Write(close);
    }
}
