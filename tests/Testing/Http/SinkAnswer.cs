namespace Marketing.Testing;

/// <summary>What a sink does with a request once it has read it.</summary>
public sealed record SinkAnswer
{
    public static readonly SinkAnswer Ok = new();

    /// <summary>Never answers; ends when the caller or the sink goes away.</summary>
    public static readonly SinkAnswer Hang = new() { Hangs = true };

    /// <summary>Drops the connection without a word.</summary>
    public static readonly SinkAnswer Close = new() { Closes = true };

    public int Status { get; init; } = 200;

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Waits so long before answering.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Comes to its end also when the caller has hung up meanwhile, as the work of a shop does.</summary>
    public bool OutlivesCaller { get; init; }

    /// <summary>Goes on sending body bytes after the headers until the caller hangs up.</summary>
    public bool NeverEnds { get; init; }

    /// <summary>Sends the headers and the body, of which there would be more, and then nothing until the caller hangs up.</summary>
    public bool Stalls { get; init; }

    public bool Hangs { get; init; }

    public bool Closes { get; init; }

    /// <summary>Whether it says yes.</summary>
    public bool Accepts => Status is >= 200 and < 300;

    public static SinkAnswer Of(int status, params (string Name, string Value)[] headers) =>
        new() { Status = status, Headers = headers.ToDictionary(header => header.Name, header => header.Value) };
}
