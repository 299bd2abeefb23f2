using System.ComponentModel.DataAnnotations;

namespace Marketing.Channels.Webhooks;

/// <summary>How webhooks are delivered. Bound to <c>Distributions:Webhooks</c>.</summary>
internal sealed class WebhookOptions : IValidatableObject
{
    public const string Section = "Distributions:Webhooks";

    /// <summary>Time since the first attempt at which each retry is due, as documented: doubling from a minute, the last one after a day.</summary>
    public static readonly IReadOnlyList<TimeSpan> DocumentedRetries =
    [
        .. Enumerable.Range(0, 11).Select(power => TimeSpan.FromMinutes(1 << power)),
        TimeSpan.FromHours(24),
    ];

    /// <summary>Whether loopback and private addresses may be called. Default false: a template must not reach into the operator's network.</summary>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>
    /// For one attempt from the first connect to the last response header. Default 10 seconds. A message that waits longer than this
    /// for a free connection comes back later; that costs no attempt.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Connections to one receiver. Default 64.</summary>
    [Range(1, 10_000)]
    public int MaxConnectionsPerServer { get; set; } = 64;

    /// <summary>How much of an answer is read to keep its connection; a longer one costs the connection. Default 64 KiB.</summary>
    [Range(0, 16 * 1024 * 1024)]
    public int MaxResponseBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// Time since the first attempt at which each retry is due. Empty, the default, means <see cref="DocumentedRetries"/>: the
    /// configuration binder appends to lists, so the default cannot stand here.
    /// </summary>
    public IList<TimeSpan> Retries { get; set; } = [];

    /// <summary>Unanswered calls in a row after which a receiver is left alone for a while. Default 20.</summary>
    [Range(1, 100_000)]
    public int BreakerThreshold { get; set; } = 20;

    /// <summary>The first pause of a receiver that does not answer; doubles with each failed probe. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan BreakerFirstPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause. Default one minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan BreakerMaxPause { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long refusals of an open breaker cost no attempt. Default one hour. After that they do: otherwise the thousands of
    /// messages waiting behind one probe at a time would never run out of attempts, and a dead receiver would never pause its distribution.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan BreakerPatience { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long after it was created a message may wait for a connection or an open breaker without that counting as an attempt. Default 24 hours, as long
    /// as the documented retries go on.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan DeferralLimit { get; set; } = TimeSpan.FromHours(24);

    /// <summary>While a probe is out its answer is at most one timeout away.</summary>
    public BreakerOptions ToBreaker() => new(BreakerThreshold, BreakerFirstPause, BreakerMaxPause, Timeout, BreakerPatience);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < Retries.Count; i++)
        {
            if (Retries[i] <= (i == 0 ? TimeSpan.Zero : Retries[i - 1]))
            {
                yield return new ValidationResult("Retries are times since the first attempt and must rise.", [nameof(Retries)]);
                yield break;
            }
        }

        if (BreakerMaxPause < BreakerFirstPause)
        {
            yield return new ValidationResult("BreakerMaxPause must not be shorter than BreakerFirstPause.", [nameof(BreakerMaxPause)]);
        }
    }
}
