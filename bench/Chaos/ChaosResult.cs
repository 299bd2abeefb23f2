using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketing.Bench.Chaos;

/// <summary>What a run found.</summary>
internal sealed record ChaosResult
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public required int Seed { get; init; }

    public required ChaosMix Mix { get; init; }

    /// <summary>Things that were done.</summary>
    public int Steps { get; init; }

    public int Messages { get; init; }

    /// <summary>Owed, and never accepted by a receiver: recorded as sent, or never finished.</summary>
    public int Lost { get; init; }

    /// <summary>Accepted beyond the first time.</summary>
    public int Doubled { get; init; }

    /// <summary>Messages accepted more than once that the engine did not mark as uncertain.</summary>
    public int Unmarked { get; init; }

    /// <summary>Messages the engine marked as uncertain.</summary>
    public int Marked { get; init; }

    /// <summary>Silos that were killed or frozen, or ended by themselves.</summary>
    public int Crashes { get; init; }

    /// <summary>Connections of a silo to both receivers, times crashes.</summary>
    public int Air { get; init; }

    /// <summary>Stops and pauses.</summary>
    public int Commands { get; init; }

    /// <summary>The most deliveries that began at a receiver after a stop or pause was answered.</summary>
    public int BegunAfterStop { get; init; }

    /// <summary>The most that were accepted after it.</summary>
    public int AcceptedAfterStop { get; init; }

    /// <summary>The longest time from the answer until no message was shown as being sent.</summary>
    public double SecondsToQuiet { get; init; }

    /// <summary>Calls of the API not answered 2xx.</summary>
    public int CallsRefused { get; init; }

    /// <summary>What must not be.</summary>
    public required IReadOnlyList<string> Violations { get; init; }

    public static ChaosResult? Read(string line) =>
        line.StartsWith("{\"seed\":", StringComparison.Ordinal) ? JsonSerializer.Deserialize<ChaosResult>(line, Json) : null;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public string ToText() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed} {Mix}: {Messages} messages, {Lost} lost, {Doubled} doubled, {Marked} marked; {Crashes} crashes (x connections: {Air}); after {Commands} stops and pauses at most {BegunAfterStop} began and {AcceptedAfterStop} were accepted, {SecondsToQuiet:N1} s to quiet; {CallsRefused} calls refused; {Violations.Count} violations");
}
