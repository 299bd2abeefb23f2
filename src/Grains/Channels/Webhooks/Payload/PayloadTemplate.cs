using System.Text.Json;

namespace Marketing.Channels.Webhooks;

/// <summary>A designed payload, ready to be filled in.</summary>
internal sealed class PayloadTemplate(IReadOnlyList<PayloadPart> parts, IReadOnlyList<PayloadTemplate.Use> uses, IReadOnlyList<string> errors)
{
    private readonly PayloadPart[] _parts = [.. parts];

    /// <summary>Every variable in it and where it stands.</summary>
    public IReadOnlyList<Use> Uses { get; } = uses;

    /// <summary>Why it cannot be filled in, each with its place; empty when it can.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;

    public void Write(OutboundMessage message, Utf8JsonWriter writer)
    {
        foreach (var part in _parts)
        {
            part.Write(message, writer);
        }
    }

    /// <summary>A variable and its place, as a phrase: <c>at $.total</c>, <c>at line 2, column 14</c>.</summary>
    internal readonly record struct Use(VariablePath Variable, string Place);
}
