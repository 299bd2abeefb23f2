using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Marketing.Retention;

/// <summary>For how long what happened is remembered.</summary>
internal sealed class RetentionOptions
{
    public const string Section = "Distributions:Retention";

    /// <summary>Idempotency keys, and what they did. Default 30 days; a request that is repeated later is a new one.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan IdempotencyKeys { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Entries of customers' activity. Unset by default: for good. Counters of events in profiles stay.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? Activity { get; set; }

    /// <summary>Messages that are finished, from then on. Unset by default: for good. The figures of distributions stay.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? Messages { get; set; }

    /// <summary>What was posted to webhooks of projects, and what a disabled one still owes, from when it happened on. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan Sendouts { get; set; } = TimeSpan.FromDays(30);
}

[OptionsValidator]
internal sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;
