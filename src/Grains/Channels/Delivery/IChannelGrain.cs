using Marketing.Storage;

namespace Marketing.Channels;

/// <summary>Delivers through one channel on this silo. Keyed by channel type; local to the caller, so messages do not travel to be sent.</summary>
[Alias("channel"), GrainInterfaceType("channel")]
internal interface IChannelGrain : IGrainWithStringKey
{
    /// <summary>
    /// Hands the messages over and records what became of each as it becomes known, under the lane's epoch. Answers when all are settled.
    /// </summary>
    [Alias("deliver"), ResponseTimeout("01:00:00")]
    Task<DeliveryResult> DeliverAsync(DeliveryBatch batch);
}

/// <summary>Messages of one lane that are marked as being handed over.</summary>
[GenerateSerializer, Immutable, Alias("delivery-batch")]
internal sealed record DeliveryBatch
{
    [Id(0)] public required int Project { get; init; }

    [Id(1)] public required int Distribution { get; init; }

    [Id(2)] public required int Lane { get; init; }

    [Id(3)] public required long Epoch { get; init; }

    /// <summary>Its number.</summary>
    [Id(5)] public required long HandOff { get; init; }

    [Id(4)] public required IReadOnlyList<DeliveryItem> Messages { get; init; }

    /// <summary>The accounts that its messages were taken from, which those that are not handed over are given back to; empty where nobody counts.</summary>
    [Id(6)] public IReadOnlyList<string> Accounts { get; init; } = [];
}

/// <summary>One message of a batch.</summary>
[GenerateSerializer, Immutable, Alias("delivery-item")]
internal sealed record DeliveryItem
{
    [Id(0)] public required long Number { get; init; }

    /// <summary>Attempts that counted so far.</summary>
    [Id(1)] public required int Attempts { get; init; }

    [Id(2)] public required bool FailedBefore { get; init; }

    [Id(3)] public required OutboundMessage Message { get; init; }

    /// <summary>What it was before, and is again if it is called back.</summary>
    [Id(6)] public required MessageStatus Status { get; init; }

    /// <summary>When it was due, where it goes back to if it is called back.</summary>
    [Id(4)] public required DateTimeOffset DueAt { get; init; }

    /// <summary>When it became owed.</summary>
    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>How a batch went.</summary>
/// <param name="ExhaustedReason">Set when a message ran out of attempts on a channel that then pauses its distribution.</param>
[GenerateSerializer, Immutable, Alias("delivery-result")]
internal sealed record DeliveryResult([property: Id(0)] string? ExhaustedReason);
