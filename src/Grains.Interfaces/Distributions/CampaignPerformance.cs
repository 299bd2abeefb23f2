namespace Marketing.Distributions;

/// <summary>What became of the distributions that give out codes of a campaign or start when something happens to them.</summary>
/// <param name="Distributions">Each, in the order in which they were made.</param>
/// <param name="CodesIssued">Codes that they published, together.</param>
/// <param name="MessagesDelivered">Messages that they handed over, together.</param>
/// <param name="CodesRedeemed">Codes that they published and that were redeemed at least once, together.</param>
[GenerateSerializer, Immutable, Alias("campaign-performance")]
public sealed record CampaignPerformance(
    [property: Id(0)] IReadOnlyList<DistributionPerformance> Distributions, [property: Id(1)] long CodesIssued, [property: Id(2)] long MessagesDelivered, [property: Id(3)] long CodesRedeemed)
{
    /// <summary>Which part of the codes that were published was redeemed at least once, 0 to 1; 0 where none was published.</summary>
    public decimal RedemptionRate => DistributionPerformance.Rate(CodesRedeemed, CodesIssued);
}

/// <summary>What became of one distribution.</summary>
/// <param name="Id"><c>distr_…</c></param>
/// <param name="Name">The name.</param>
/// <param name="Status">draft, waiting_for_segment, scheduled, sending, sent, live, paused, stopped or unreadable.</param>
/// <param name="Channels">Types of its channels.</param>
/// <param name="CodesIssued">Codes that it published.</param>
/// <param name="MessagesDelivered">Messages that it handed over.</param>
/// <param name="CodesRedeemed">Codes that it published and that were redeemed at least once.</param>
[GenerateSerializer, Immutable, Alias("distribution-performance")]
public sealed record DistributionPerformance(
    [property: Id(0)] string Id, [property: Id(1)] string? Name, [property: Id(2)] string Status, [property: Id(3)] IReadOnlyList<string> Channels,
    [property: Id(4)] long CodesIssued, [property: Id(5)] long MessagesDelivered, [property: Id(6)] long CodesRedeemed)
{
    /// <inheritdoc cref="CampaignPerformance.RedemptionRate"/>
    public decimal RedemptionRate => Rate(CodesRedeemed, CodesIssued);

    internal static decimal Rate(long redeemed, long issued) => issued == 0 ? 0 : Math.Round((decimal)redeemed / issued, 4);
}
