using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Marketing.Distributions;

/// <summary>How the live activity log is served.</summary>
internal sealed class ActivityStreamOptions
{
    public const string Section = "Distributions:ActivityStream";

    /// <summary>How often a stream looks for something new; one second by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a stream may be silent; 15 seconds by default, because proxies close what is silent for 30.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Streams open at once in this process; 1,000 by default.</summary>
    [Range(1, 100_000)]
    public int MaxStreams { get; set; } = 1_000;
}

[OptionsValidator]
internal sealed partial class ActivityStreamOptionsValidator : IValidateOptions<ActivityStreamOptions>;
