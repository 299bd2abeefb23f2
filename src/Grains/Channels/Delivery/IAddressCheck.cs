namespace Marketing.Channels;

/// <summary>Whether an address may still be written to, asked of a message that waited since that was decided.</summary>
internal interface IAddressCheck
{
    /// <summary>A reason out of <see cref="Storage.SkipReasons"/>, or null when it may.</summary>
    Task<string?> WhyNotAsync(int project, string channel, string address, string? topic);
}
