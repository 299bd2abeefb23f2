namespace Marketing.Storage;

/// <summary>
/// Guard: nobody but <paramref name="Message"/> was given the address in the distribution. Given again by the same message it holds, so a message that is tried again keeps it.
/// </summary>
/// <param name="Distribution">In which one an address is written to once.</param>
/// <param name="Address">What stands for the channel and the address; the address itself is not kept.</param>
/// <param name="Message">The number of the message that goes there.</param>
internal readonly record struct AddressClaim(int Distribution, string Address, long Message)
{
    /// <summary>How guards name the table.</summary>
    public const string Table = "message_addresses";

    /// <summary>Says that another message has it.</summary>
    public Guard TakenBy(long other) => new Guard.Unique(Table, "address", Address, other.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
