using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Marketing.Behaviour;
using Marketing.Storage;

namespace Marketing.Observability;

/// <summary>Listens to the metrics of one engine, as a collector does.</summary>
internal sealed class Heard : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _sums = new();
    private readonly Engine _engine;

    public Heard(Engine engine)
    {
        _engine = engine;
        var factory = engine.Service<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == EngineMetrics.MeterName && instrument.Meter.Scope == factory)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>What was added up under a name and tags: <c>distributions.commits outcome=durable</c>; of a gauge, the last value.</summary>
    public double this[string series] => _sums.GetValueOrDefault(series);

    /// <summary>How often a histogram was recorded to.</summary>
    public double Count(string series) => _sums.GetValueOrDefault($"{series} #");

    /// <summary>Everything that is durable so far has been counted when this ends.</summary>
    public Task CaughtUpAsync() => _engine.Service<ICommitter>().FlushAsync();

    /// <summary>Asks the gauges.</summary>
    public void Look() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = instrument.Name;
        foreach (var (name, tag) in tags)
        {
            series += $" {name}={tag}";
        }

        _sums.AddOrUpdate(series, value, (_, sum) => instrument.IsObservable ? value : sum + value);
        _sums.AddOrUpdate($"{series} #", 1, (_, count) => count + 1);
    }
}
