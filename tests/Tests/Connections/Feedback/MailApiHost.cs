using Marketing.Api;
using Marketing.Channels.Email.Feedback;
using Marketing.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Connections;

/// <summary>An API whose connections may lead to servers of the tests, and to whom Amazon is one of them.</summary>
public sealed class MailApiHost : ApiHost
{
    internal FeedbackSamples Samples { get; } = new();

    /// <summary>A mail server.</summary>
    public SmtpSink Sink { get; } = SmtpSink.Start();

    protected override IEnumerable<string> Arguments => ["--Distributions:Webhooks:AllowPrivateNetworks=true"];

    protected override void Configure(WebApplicationBuilder builder)
    {
        base.Configure(builder);
        builder.Services.AddSingleton<ISnsCalls>(Samples);
        builder.Services.AddSingleton<TimeProvider>(new ClockOfSamples());
    }

    // Amazon's calls are of a day.
    private sealed class ClockOfSamples : TimeProvider
    {
        private readonly TimeSpan _behind = System.GetUtcNow() - FeedbackSamples.Now;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - _behind;
    }
}
