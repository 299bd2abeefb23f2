using Marketing.Channels;

namespace Marketing.Distributions.Lanes;

/// <summary>Messages that a lane handed to a channel, until all of them are settled.</summary>
internal sealed record LaneHandOff(Task Delivery, RunningHandOff Running, int Size);
