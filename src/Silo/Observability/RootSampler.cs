using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Marketing.Observability;

/// <summary>
/// Which traces begin: a share of the requests and of the hand-offs. What timers, reminders and writers do for nobody in particular would be
/// a trace per second and per transaction.
/// </summary>
internal sealed class RootSampler(double ratio) : Sampler
{
    private readonly TraceIdRatioBasedSampler _share = new(ratio);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Kind is ActivityKind.Server or ActivityKind.Consumer
            ? _share.ShouldSample(samplingParameters)
            : new SamplingResult(SamplingDecision.Drop);
}
