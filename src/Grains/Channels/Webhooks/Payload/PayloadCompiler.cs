using System.Text.Json;
using Marketing.Json;

namespace Marketing.Channels.Webhooks;

/// <summary>
/// Turns a designed payload into steps. A JSON string holds the designer's raw text: a placeholder outside quotes keeps the type
/// of its value, one inside quotes gives a string. Any other JSON has no way to leave quotes out, so there a string that is
/// exactly one placeholder keeps the type, and one that is mixed with text gives a string.
/// </summary>
internal sealed class PayloadCompiler
{
    private readonly List<PayloadPart> _parts = [];
    private readonly List<PayloadTemplate.Use> _uses = [];
    private readonly List<PayloadTemplate.Error> _errors = [];
    private readonly PayloadPosition _position = new();
    private readonly PayloadText? _text;

    private PayloadCompiler(PayloadText? text) => _text = text;

    public static PayloadTemplate Compile(RawJson payload)
    {
        var reader = JsonCopy.Read(payload.Utf8.Span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            return new PayloadCompiler(text: null).Run(payload.Utf8);
        }

        try
        {
            var text = PayloadText.Parse(reader.GetString()!);
            return new PayloadCompiler(text).Run(text.Json);
        }
        catch (InvalidOperationException)
        {
            return new PayloadTemplate([], [], [new PayloadTemplate.Error("The payload is not valid Unicode")]);
        }
    }

    private PayloadTemplate Run(ReadOnlyMemory<byte> json)
    {
        if (_text?.Error is { } error)
        {
            _errors.Add(error);
        }
        else
        {
            try
            {
                Read(json.Span);
            }
            catch (JsonException broken)
            {
                _errors.Add(new PayloadTemplate.Error("The payload is not valid JSON", _text?.Place(_text.Offset(broken.LineNumber ?? 0, broken.BytePositionInLine ?? 0))));
            }
        }

        return new PayloadTemplate(_errors.Count == 0 ? _parts : [], _uses, _errors);
    }

    private void Read(ReadOnlySpan<byte> json)
    {
        var reader = JsonCopy.Read(json);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    AddName(ref reader);
                    break;
                case JsonTokenType.String:
                    _position.Value();
                    AddString(ref reader);
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    _position.Enter(reader.TokenType == JsonTokenType.StartArray);
                    _parts.Add(new PayloadPart.Structure(reader.TokenType));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _position.Leave();
                    _parts.Add(new PayloadPart.Structure(reader.TokenType));
                    break;
                case JsonTokenType.Null when _text is not null && _text.Values.TryGetValue(reader.TokenStartIndex, out var variable):
                    _position.Value();
                    _uses.Add(new PayloadTemplate.Use(variable, Place(ref reader)));
                    _parts.Add(new PayloadPart.Value(variable));
                    break;
                default:
                    _position.Value();
                    _parts.Add(new PayloadPart.Literal(reader.ValueSpan.ToArray()));
                    break;
            }
        }
    }

    private void AddName(ref Utf8JsonReader reader)
    {
        var name = Text(ref reader);
        _position.Name(name);
        _parts.Add(new PayloadPart.Name(JsonEncodedText.Encode(name, MinimalJsonEncoder.Encoder)));
        if (name.Contains(PlaceholderText.Open, StringComparison.Ordinal))
        {
            _errors.Add(new PayloadTemplate.Error("A property name cannot hold a placeholder", Place(ref reader)));
        }
    }

    private void AddString(ref Utf8JsonReader reader)
    {
        var literal = Text(ref reader);
        var text = PlaceholderText.Parse(literal);
        if (text.Error is { } error)
        {
            _errors.Add(new PayloadTemplate.Error(error, Place(ref reader)));
            return;
        }

        foreach (var piece in text.Pieces)
        {
            if (piece.Variable is { } used)
            {
                _uses.Add(new PayloadTemplate.Use(used, Place(ref reader)));
            }
        }

        _parts.Add(text switch
        {
            { Only: { } variable } when _text is null => new PayloadPart.Value(variable),
            { Pieces: [] or [{ Variable: null }] } => new PayloadPart.Text(JsonEncodedText.Encode(literal, MinimalJsonEncoder.Encoder)),
            _ => new PayloadPart.Mixed(text),
        });
    }

    private string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: well-formed JSON that is no text.
            _errors.Add(new PayloadTemplate.Error("A string is not valid Unicode", Place(ref reader)));
            return "";
        }
    }

    private PayloadTemplate.Place Place(ref Utf8JsonReader reader) => _text?.Place(reader.TokenStartIndex) ?? new PayloadTemplate.Place($"at {_position}");
}
