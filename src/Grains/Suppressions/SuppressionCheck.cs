using Marketing.Channels;

namespace Marketing.Suppressions;

/// <summary>Asks the list again for one address.</summary>
internal sealed class SuppressionCheck(ISuppressionLookup suppressions) : IAddressCheck
{
    public async Task<string?> WhyNotAsync(int project, string channel, string address, string? topic) =>
        (await suppressions.FindAsync(project, channel, [address], topic)).GetValueOrDefault(address);
}
