using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Marketing.Http;

/// <summary>How many requests are let through. Counted by each API process for itself.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "Distributions:RateLimits";

    /// <summary>Requests per minute and project; 0, the default, is no limit.</summary>
    [Range(0, 100_000_000)]
    public int PerMinute { get; set; }

    /// <summary>Client-side requests per 5 seconds and address; 0, the default, is no limit.</summary>
    [Range(0, 100_000_000)]
    public int ClientPerFiveSeconds { get; set; }
}

[OptionsValidator]
internal sealed partial class RateLimitOptionsValidator : IValidateOptions<RateLimitOptions>;
