namespace Marketing.Storage;

/// <summary>
/// Guard: what is known of the messages that a customer was given through a channel is at <paramref name="ExpectedVersion"/>, 0 where there is nothing yet. It is at the next version then.
/// </summary>
/// <param name="Customer">The customer's number.</param>
/// <param name="Channel">The channel.</param>
/// <param name="ExpectedVersion">As it was read.</param>
/// <param name="Messages">What takes its place.</param>
internal sealed record ContactWrite(long Customer, string Channel, long ExpectedVersion, byte[] Messages)
{
    /// <summary>How guards name the table.</summary>
    public const string Table = "contacts";

    /// <summary>Says that it is at another version.</summary>
    public Guard Overtaken => new Guard.Version(Table, Customer);
}
