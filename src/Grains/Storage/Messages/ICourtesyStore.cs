namespace Marketing.Storage;

/// <summary>What is asked before messages are handed over: whom they would reach once too often. Writes go through <see cref="ICommitter"/>.</summary>
internal interface ICourtesyStore
{
    /// <summary>Which messages of a distribution have these addresses; one that none has is missing.</summary>
    /// <param name="distribution">The distribution.</param>
    /// <param name="addresses">As in <see cref="AddressClaim.Address"/>.</param>
    Task<IReadOnlyDictionary<string, long>> HoldersAsync(int distribution, IReadOnlyCollection<string> addresses);

    /// <summary>What is known of messages to some customers, by customer and channel.</summary>
    Task<IReadOnlyList<ContactRow>> ContactsAsync(IReadOnlyCollection<long> customers);

    /// <summary>Those of some messages that are neither handed over nor being handed over, nor may have been. One that is gone is not among them.</summary>
    Task<IReadOnlySet<(int Distribution, long Number)>> NotHandedOverAsync(IReadOnlyCollection<(int Distribution, long Number)> messages);
}

/// <summary>What is stored of the messages to a customer through a channel.</summary>
internal sealed record ContactRow(long Customer, string Channel, long Version, byte[] Messages);
