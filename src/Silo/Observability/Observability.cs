using System.Globalization;
using Marketing.Hosting;
using Marketing.Storage.Relational;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Marketing.Observability;

/// <summary>Metrics and traces of a process that hosts grains or calls them: <c>/metrics</c> always, OTLP when an endpoint is configured.</summary>
public static class Observability
{
    /// <summary>Where metrics are scraped.</summary>
    public const string MetricsPath = "/metrics";

    /// <summary>A port that serves metrics and health and nothing else; unset: they are on the main listener, for whoever may see them there.</summary>
    public const string PortKey = "Distributions:Metrics:Port";

    // OpenTelemetry's own names; the exporter reads the rest of them itself.
    private const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string RatioKey = "OTEL_TRACES_SAMPLER_ARG";
    private const string ServiceNameKey = "OTEL_SERVICE_NAME";

    /// <summary>Registers metrics and traces. Called after Orleans, and after the addresses to listen on are known.</summary>
    public static IHostApplicationBuilder AddObservability(this IHostApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var exports = !string.IsNullOrEmpty(configuration[EndpointKey]);
        var telemetry = builder.Services.AddOpenTelemetry();
        if (string.IsNullOrEmpty(configuration[ServiceNameKey]))
        {
            telemetry.ConfigureResource(resource => resource.AddService(builder.Environment.ApplicationName));
        }

        telemetry.WithMetrics(metrics => metrics.AddMeters(exports));
        if (exports)
        {
            // Without a place to send them to, spans would be made for nobody, and every grain call would pass two filters more.
            telemetry.WithTracing(traces => traces.AddSpans(Ratio(configuration)));
            builder.ConfigureOrleans(silo => silo.AddActivityPropagation(), client => client.AddActivityPropagation());
        }

        builder.ConfigureOrleans(silo => silo.Services.AddHostedService<QueueDepth>(), _ => { });
        builder.Services.AddSingleton(new MetricsPort(Port(configuration)));
        builder.Services.AddSingleton<MetricsAccess>();
        builder.Services.AddSingleton<IStartupFilter, MetricsPortFilter>();
        if (Port(configuration) is { } port)
        {
            // Last, because links in messages and the greeting use the first address.
            configuration[WebHostDefaults.ServerUrlsKey] = $"{configuration[WebHostDefaults.ServerUrlsKey]};http://*:{port}".TrimStart(';');
        }

        return builder;
    }

    /// <summary>Maps <c>/metrics</c>.</summary>
    public static IEndpointRouteBuilder MapObservability(this IEndpointRouteBuilder routes)
    {
        var access = routes.ServiceProvider.GetRequiredService<MetricsAccess>();
        routes.MapPrometheusScrapingEndpoint(MetricsPath).GuardedBy(access.AdmitAsync).DisableHttpMetrics();
        return routes;
    }

    private static void AddMeters(this MeterProviderBuilder metrics, bool exports)
    {
        metrics
            .AddMeter(EngineMetrics.MeterName)
            .AddMeter("Microsoft.Orleans")
            .AddMeter("System.Runtime")
            .AddAspNetCoreInstrumentation()
            .AddNpgsqlInstrumentation()
            .AddPrometheusExporter();
        if (exports)
        {
            metrics.AddOtlpExporter();
        }
    }

    private static void AddSpans(this TracerProviderBuilder traces, double ratio) => traces
        .SetSampler(new ParentBasedSampler(new RootSampler(ratio), remoteParentSampled: new TraceIdRatioBasedSampler(ratio)))
        .AddSource(EngineTraces.SourceName)
        .AddSource("Microsoft.Orleans.Application")
        .AddAspNetCoreInstrumentation(options =>
        {
            options.Filter = http => !IsProbe(http.Request.Path);
            options.EnrichWithHttpResponse = (span, response) => span.SetTag(EngineTraces.RequestId, response.HttpContext.TraceIdentifier);
        })
        .AddHttpClientInstrumentation()
        .AddNpgsql()
        .AddProcessor(new SpanRedaction())
        .AddOtlpExporter();

    private static bool IsProbe(PathString path) => path.StartsWithSegments(MetricsPath) || path.StartsWithSegments("/health");

    private static double Ratio(IConfiguration configuration) => configuration[RatioKey] switch
    {
        null or "" => 1,
        { } text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1 => ratio,
        { } text => throw new SettingsRefusedException([$"{RatioKey} is '{text}', but must be a number from 0 to 1."]),
    };

    private static int? Port(IConfiguration configuration) => configuration[PortKey] switch
    {
        null or "" => null,
        { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue => port,
        { } text => throw new SettingsRefusedException([$"{PortKey} is '{text}', but must be a port from 1 to 65535."]),
    };
}
