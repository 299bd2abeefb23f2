using Marketing.Channels;
using Marketing.Http;

namespace Marketing.Projects;

/// <summary>How many messages a customer gets through a channel.</summary>
internal sealed record FrequencyCapBody
{
    private const int MaxChannel = 50;

    /// <summary>The type of the channel, <c>email</c> or <c>sms</c>: it has to write to an address. Absent for each of these by itself.</summary>
    public string? Channel { get; init; }

    /// <summary>At most so many, 1 to 100.</summary>
    public required int Messages { get; init; }

    /// <summary>In this time, which moves along: an ISO 8601 duration of whole hours, an hour to 90 days, such as <c>P7D</c>.</summary>
    public required string Within { get; init; }

    public static FrequencyCapBody Of(FrequencyCap cap) => new() { Channel = cap.Channel, Messages = cap.Messages, Within = IsoTime.Format(cap.Within) };

    public static FrequencyCap Read(Payload body)
    {
        body.AsObject();
        var messages = body.Integer("messages", 1, FrequencyCap.MostMessages) ?? throw body.Missing("messages");
        var within = body.Duration("within", FrequencyCap.Longest) ?? throw body.Missing("within");
        if (within < FrequencyCap.Shortest || within.Ticks % TimeSpan.TicksPerHour != 0)
        {
            throw body.Refuse(".within", "must be whole hours, PT1H to P90D");
        }

        var channel = body.Line("channel", MaxChannel);
        if (channel is not null && ChannelMatrix.Find(channel) is not { WritesToAddress: true })
        {
            throw body.Refuse(".channel", $"must be a channel that writes to an address: {string.Join(", ", ChannelMatrix.All.Where(static row => row.WritesToAddress).Select(static row => row.Type))}");
        }

        return new FrequencyCap(channel, (int)messages, within);
    }
}
