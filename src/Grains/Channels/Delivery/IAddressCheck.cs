namespace Marketing.Channels;

/// <summary>Whether an address may still be written to, asked of a message that waited since that was decided.</summary>
internal interface IAddressCheck
{
    /// <summary>The reason for which it is on the list of those that may not, or null when it is not.</summary>
    Task<string?> WhyNotAsync(int project, string channel, string address, string? topic);
}
