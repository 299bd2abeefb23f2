using System.Text;

namespace Marketing.Channels.Webhooks;

/// <summary>
/// A payload as typed into the designer: JSON, except that placeholders may stand outside quotes. Each of those is replaced
/// by <c>null</c> and blanks of the same length, so that what remains is JSON with every position where the author sees it.
/// </summary>
internal sealed class PayloadText
{
    private readonly byte[] _original;

    private PayloadText(byte[] original, byte[] json, Dictionary<long, VariablePath> values, PayloadTemplate.Error? error)
    {
        _original = original;
        Json = json;
        Values = values;
        Error = error;
    }

    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The placeholders outside quotes by the offset of their <c>null</c>.</summary>
    public IReadOnlyDictionary<long, VariablePath> Values { get; }

    public PayloadTemplate.Error? Error { get; }

    public static PayloadText Parse(string text)
    {
        var original = Encoding.UTF8.GetBytes(text);
        var json = original.ToArray();
        var values = new Dictionary<long, VariablePath>();
        var result = new PayloadText(original, json, values, null);
        var inString = false;
        for (var i = 0; i < json.Length; i++)
        {
            switch (json[i])
            {
                case (byte)'\\' when inString:
                    i++;
                    break;
                case (byte)'"':
                    inString = !inString;
                    break;
                case (byte)'{' when !inString && json.AsSpan(i).StartsWith("{{"u8):
                    var length = json.AsSpan(i).IndexOf("}}"u8) + 2;
                    if (length < 2)
                    {
                        return new PayloadText(original, json, values, new PayloadTemplate.Error("A placeholder is not closed", result.Place(i)));
                    }

                    var inner = Encoding.UTF8.GetString(json, i + 2, length - 4);
                    if (VariablePath.Parse(inner) is not { } variable)
                    {
                        return new PayloadText(original, json, values, new PayloadTemplate.Error($"'{inner.Trim()}' is not a variable", result.Place(i)));
                    }

                    values.Add(i, variable);
                    json.AsSpan(i, length).Fill((byte)' ');
                    "null"u8.CopyTo(json.AsSpan(i));
                    i += length - 1;
                    break;
                default:
                    break;
            }
        }

        return result;
    }

    /// <summary>Where a byte is, in lines and columns as an editor counts them.</summary>
    public PayloadTemplate.Place Place(long offset)
    {
        var before = _original.AsSpan(0, (int)Math.Min(offset, _original.Length));
        var line = before.Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return new PayloadTemplate.Place($"at line {line}, column {column}", line, column);
    }

    /// <summary>The offset of a place the JSON reader names by line and byte, both from zero.</summary>
    public long Offset(long line, long byteInLine)
    {
        long offset = 0;
        for (; line > 0; line--)
        {
            offset += Json.Span[(int)offset..].IndexOf((byte)'\n') + 1;
        }

        return offset + byteInLine;
    }
}
