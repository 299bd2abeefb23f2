using OpenTelemetry.Trace;

namespace Marketing.Observability;

/// <summary>
/// Which traces begin: a share of the requests and of the hand-offs. What timers, reminders and writers do for nobody in particular would be
/// a trace per second and per transaction. By name, because a call of a grain by a timer looks like a request in every other way.
/// </summary>
internal sealed class RootSampler(double ratio) : Sampler
{
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private readonly TraceIdRatioBasedSampler _share = new(ratio);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Name is Request or EngineTraces.HandOff
            ? _share.ShouldSample(samplingParameters)
            : new SamplingResult(SamplingDecision.Drop);
}
