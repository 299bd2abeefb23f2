namespace Marketing.Channels.Webhooks;

/// <summary>The line in front of one receiver.</summary>
internal sealed class HostQueue(string authority, CircuitBreaker breaker, WebhookOptions options, TimeProvider clock)
    : SubmissionLine<WebhookSubmission>(options.MaxConnectionsPerServer, options.Timeout, clock)
{
    /// <summary>Host and port.</summary>
    public string Authority => authority;

    public CircuitBreaker Breaker => breaker;
}
