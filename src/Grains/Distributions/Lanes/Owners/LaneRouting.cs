using Microsoft.Extensions.Options;

namespace Marketing.Distributions.Lanes;

/// <summary>Which lane of a distribution a customer's messages go through.</summary>
internal sealed class LaneRouting(IOptions<DistributionOptions> options)
{
    public int Lanes { get; } = options.Value.Lanes;

    public int LaneOf(long customer) => (int)(customer % Lanes);
}
