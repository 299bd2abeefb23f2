using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fluid.Values;

namespace Marketing.Templates;

/// <summary>Values as text, the same on every machine, whatever its culture: as they are printed, and as JSON.</summary>
internal static class LiquidText
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(FluidValue value) => value switch
    {
        NumberValue number => Of(number.ToNumberValue()),
        ArrayValue list => Joined(list.Values, ""),
        _ => value.ToStringValue(),
    };

    public static string Joined(IReadOnlyList<FluidValue> items, string between)
    {
        var joined = new StringBuilder();
        for (var i = 0; i < items.Count; i++)
        {
            // Before it is appended: a list may name one long text again and again.
            var text = Of(items[i]);
            RenderBudget.CheckLength((long)joined.Length + between.Length + text.Length);
            joined.Append(i == 0 ? "" : between).Append(text);
        }

        return joined.ToString();
    }

    public static string AsJson(FluidValue value, RenderRun run)
    {
        using var json = new LimitedWriter(256);
        Write(json, value, run);
        return json.ToString();
    }

    // A number with decimals keeps one, as it does in the reference implementation.
    private static string Of(decimal number) => number.ToString(
        number.Scale == 0 ? "0" : "0.0###########################", CultureInfo.InvariantCulture);

    // Written piece by piece: the pieces of a list may be one long text again and again.
    private static void Write(LimitedWriter json, FluidValue value, RenderRun run)
    {
        switch (value)
        {
            case StringValue text:
                json.Write(JsonSerializer.Serialize(text.ToStringValue(), Json));
                break;
            case JsonFields or BooleanValue:
                json.Write(value.ToStringValue());
                break;
            case NumberValue number:
                json.Write(number.ToNumberValue().ToString(CultureInfo.InvariantCulture));
                break;
            case ArrayValue list:
                WriteAll(json, "[]", list.Values, item => Write(json, item, run));
                break;
            case { Type: FluidValues.Dictionary }:
                WriteAll(json, "{}", [.. value.Enumerate(run).OfType<ArrayValue>()], field =>
                {
                    Write(json, field.Values[0], run);
                    json.Write(':');
                    Write(json, field.Values[1], run);
                });
                break;
            default:
                json.Write("null");
                break;
        }
    }

    private static void WriteAll<T>(LimitedWriter json, string brackets, IReadOnlyList<T> items, Action<T> write)
    {
        json.Write(brackets[0]);
        for (var i = 0; i < items.Count; i++)
        {
            json.Write(i == 0 ? "" : ",");
            write(items[i]);
        }

        json.Write(brackets[1]);
    }
}
