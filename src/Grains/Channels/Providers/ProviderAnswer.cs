using System.Text.Json;
using Marketing.Channels.Webhooks;

namespace Marketing.Channels;

/// <summary>What a provider answered to a call.</summary>
internal sealed record ProviderAnswer
{
    private const int LongestReason = 200;

    /// <summary>HTTP status; 0 where there was no answer.</summary>
    public int Status { get; init; }

    /// <summary>Null where it is none, or no JSON.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>How long it asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What came instead of an answer.</summary>
    public WebhookAnswer? NoAnswer { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTemporary => Status is 0 or 408 or 429 or >= 500;

    /// <summary>For the breaker of the connection.</summary>
    public ReceiverHealth Health => NoAnswer?.Health ?? (Status is 429 or 502 or 503 or 504 ? ReceiverHealth.Failing : ReceiverHealth.Answering);

    /// <summary>What becomes of a message for which this is the end.</summary>
    /// <param name="said">What the provider says of it, in words; null for the status alone.</param>
    public DeliveryOutcome Failure(string? said = null)
    {
        if (NoAnswer is { } none)
        {
            return none.Outcome;
        }

        var reason = string.IsNullOrEmpty(said) ? $"HTTP {Status}" : $"HTTP {Status}: {PlainText.Start(PlainText.Storable(said), LongestReason)}";
        return IsTemporary ? new DeliveryOutcome.TemporaryFailure(reason, RetryAfter, BurnsAttempt: Status != 429) : new DeliveryOutcome.PermanentFailure(reason);
    }

    /// <summary>A field of the body on a path of names and, where a name is a number, of places in lists; null where there is none.</summary>
    public JsonElement? At(params ReadOnlySpan<string> path)
    {
        var value = Body;
        foreach (var name in path)
        {
            value = value switch
            {
                { ValueKind: JsonValueKind.Object } item when item.TryGetProperty(name, out var field) => field,
                { ValueKind: JsonValueKind.Array } list when int.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out var place) && place < list.GetArrayLength() => list[place],
                _ => null,
            };
        }

        return value;
    }

    /// <summary>A text or a number of the body.</summary>
    public string? Text(params ReadOnlySpan<string> path) => At(path) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>A list of the body; empty where there is none.</summary>
    public IEnumerable<JsonElement> Items(params ReadOnlySpan<string> path) => At(path) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToArray() : [];
}
