using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Marketing.Distributions;

/// <summary>How distributions run. Section <c>Distributions</c>.</summary>
internal sealed class DistributionOptions
{
    public const string Section = "Distributions";

    /// <summary>Countdown of manual distributions. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ManualDelay { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Into how many parts, by customer, each distribution is divided. Default 4: parts work in parallel and can be spread over silos;
    /// each costs a grain. May be changed at any time, rows keep the lane they were given.
    /// </summary>
    [Range(1, 64)]
    public int Lanes { get; set; } = 4;

    /// <summary>
    /// How many messages a lane hands over at a time. Default 200. Receivers that take their time are handed fewer, as many as there are connections.
    /// </summary>
    [Range(1, 5000)]
    public int BatchSize { get; set; } = 200;

    /// <summary>
    /// Of how small a part of a campaign's codes, in percent, it is said that they run low. Default 10; 0 is when there are none, or fewer than are wanted.
    /// </summary>
    [Range(0, 100)]
    public int LowSupplyPercent { get; set; } = 10;

    /// <summary>
    /// How long a silo that stops waits for recipients to answer. Default 30 seconds, longer than they usually may take; what is not answered by then is uncertain.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

[OptionsValidator]
internal sealed partial class DistributionOptionsValidator : IValidateOptions<DistributionOptions>;
