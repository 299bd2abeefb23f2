using System.Text.Json;

namespace Marketing.Channels.Webhooks;

/// <summary>A designed payload, ready to be filled in.</summary>
internal sealed class PayloadTemplate(IReadOnlyList<PayloadPart> parts, IReadOnlyList<PayloadTemplate.Use> uses, IReadOnlyList<PayloadTemplate.Error> errors)
{
    private readonly PayloadPart[] _parts = [.. parts];

    /// <summary>Every variable in it and where it stands.</summary>
    public IReadOnlyList<Use> Uses { get; } = uses;

    /// <summary>Why it cannot be filled in, each with its place where it has one; empty when it can.</summary>
    public IReadOnlyList<Error> Errors { get; } = errors;

    public void Write(OutboundMessage message, Utf8JsonWriter writer)
    {
        foreach (var part in _parts)
        {
            part.Write(message, writer);
        }
    }

    /// <summary>A variable and where it stands.</summary>
    internal readonly record struct Use(VariablePath Variable, Place Place);

    /// <summary>A phrase as <c>at $.total</c> or <c>at line 2, column 14</c>, and line and column where the author typed text.</summary>
    internal readonly record struct Place(string Phrase, int? Line = null, int? Column = null);

    /// <summary>Why a payload cannot be filled in, and where.</summary>
    internal sealed record Error(string Why, Place? Place = null)
    {
        public FieldProblem ToProblem() => new("template.payload", Place is { } place ? $"{Why} {place.Phrase}." : $"{Why}.") { Code = "template", Line = Place?.Line, Column = Place?.Column };
    }
}
