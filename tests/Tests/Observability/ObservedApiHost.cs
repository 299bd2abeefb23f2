using System.Collections.Concurrent;
using Marketing.Api;
using Marketing.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;
using Span = System.Diagnostics.Activity;

namespace Marketing.Observability;

/// <summary>An API that exports its traces to a collector here, and has a dashboard.</summary>
public sealed class ObservedApiHost : ApiHost, IAsyncDisposable
{
    public const string AdminKey = "open sesame";

    private readonly ConcurrentQueue<Span> _spans = new();
    private HttpSink? _collector;

    /// <summary>Where OTLP goes.</summary>
    internal HttpSink Collector => _collector ??= HttpSink.StartAsync().GetAwaiter().GetResult();

    /// <summary>Finished spans, as they leave the process.</summary>
    internal IReadOnlyList<Span> Spans => [.. _spans];

    protected override IEnumerable<string> Arguments =>
    [
        "--Distributions:Discard:Enabled=true", $"--Distributions:Admin:Key={AdminKey}", $"--OTEL_EXPORTER_OTLP_ENDPOINT={Collector.Url}",
        "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
    ];

    /// <summary>Sends what is finished to the collector; returns all it has received, as text.</summary>
    internal string Exported()
    {
        Assert(Services.GetRequiredService<TracerProvider>().ForceFlush(10_000));
        return string.Concat(Collector.Requests.Where(request => request.Path.EndsWith("/v1/traces", StringComparison.Ordinal)).Select(request => request.Text));
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await Collector.DisposeAsync();
    }

    protected override void Configure(WebApplicationBuilder builder)
    {
        base.Configure(builder);
        builder.Services.Configure<PrometheusAspNetCoreOptions>(options => options.ScrapeResponseCacheDurationMilliseconds = 0);
        builder.Services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddProcessor(new Keep(_spans)));
    }

    private static void Assert(bool flushed) => Xunit.Assert.True(flushed, "The collector did not take the traces.");

    private sealed class Keep(ConcurrentQueue<Span> spans) : BaseProcessor<Span>
    {
        public override void OnEnd(Span data) => spans.Enqueue(data);
    }
}
