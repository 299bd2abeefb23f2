using System.Diagnostics.Metrics;

namespace Marketing.Observability;

/// <summary>
/// What the engine counts. Recorded per transaction and per batch from what became durable: nothing is paid on the way of an event when nobody
/// listens, and a few additions per transaction when somebody does. Tags are only such as cannot multiply: no project, no host, no id.
/// </summary>
internal sealed class EngineMetrics
{
    public const string MeterName = "Distributions";

    private static readonly InstrumentAdvice<double> Seconds =
        new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };

    // A hand-off is on time within milliseconds and can be late by as long as a receiver was away.
    private static readonly InstrumentAdvice<double> Lateness =
        new() { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60, 300, 900, 3_600] };

    private static readonly InstrumentAdvice<long> Sizes =
        new() { HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000] };

    private readonly Meter _meter;
    private readonly Counter<long> _events;
    private readonly Counter<long> _commits;
    private readonly Histogram<long> _transactionCommits;
    private readonly Histogram<long> _transactionRows;
    private readonly Histogram<double> _transactionDuration;
    private readonly Counter<long> _failedTransactions;
    private readonly Counter<long> _handOffs;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _uncertain;
    private readonly Histogram<double> _lateness;
    private readonly Counter<long> _refreshes;
    private readonly Counter<long> _breakerChanges;
    private readonly Counter<long> _failedReviews;

    public EngineMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _events = _meter.CreateCounter<long>("distributions.events.accepted", "{event}", "Events that became durable");
        _commits = _meter.CreateCounter<long>("distributions.commits", "{commit}", "Commits by what became of them");
        _transactionCommits = _meter.CreateHistogram(
            "distributions.transaction.commits", "{commit}", "Commits written in one transaction", advice: Sizes);
        _transactionRows = _meter.CreateHistogram("distributions.transaction.rows", "{row}", "Rows touched by the commits of one transaction, about", advice: Sizes);
        _transactionDuration = _meter.CreateHistogram("distributions.transaction.duration", "s", "From begin to durable", advice: Seconds);
        _failedTransactions = _meter.CreateCounter<long>(
            "distributions.transaction.failures", "{transaction}", "Transactions that were not written");
        _handOffs = _meter.CreateCounter<long>("distributions.messages.handoffs", "{message}", "What became of due messages, attempt by attempt");
        _retries = _meter.CreateCounter<long>("distributions.messages.retries", "{message}", "Messages handed over again after a failed attempt");
        _uncertain = _meter.CreateCounter<long>("distributions.messages.uncertain", "{message}", "Messages whose hand-off a crash interrupted");
        _lateness = _meter.CreateHistogram("distributions.messages.lateness", "s", "From due to hand-off", advice: Lateness);
        _refreshes = _meter.CreateCounter<long>("distributions.catalogue.refreshes", "{refresh}", "Times a project's catalogue was read");
        _breakerChanges = _meter.CreateCounter<long>(
            "distributions.webhooks.breaker.changes", "{change}", "Receivers that stopped or resumed answering");
        _failedReviews = _meter.CreateCounter<long>(
            "distributions.reviews.failures", "{review}", "Customers whose segments time may have changed and who could not be looked at, attempt by attempt");
    }

    /// <summary>Whether it is worth adding up a transaction.</summary>
    public bool CountsTransactions =>
        _events.Enabled || _commits.Enabled || _handOffs.Enabled || _retries.Enabled || _transactionCommits.Enabled || _transactionRows.Enabled ||
        _transactionDuration.Enabled;

    /// <summary>A transaction is durable, with what is in the tally.</summary>
    public void Transaction(CommitTally tally, TimeSpan took)
    {
        _transactionDuration.Record(took.TotalSeconds);
        if (tally.Commits > 0)
        {
            _transactionRows.Record(tally.Rows);
            _transactionCommits.Record(tally.Commits);
        }

        foreach (var (outcome, count) in tally.Outcomes)
        {
            _commits.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
        }

        foreach (var (type, count) in tally.Events)
        {
            _events.Add(count, new KeyValuePair<string, object?>("event.type", type));
        }

        foreach (var (channel, count) in tally.Retries)
        {
            _retries.Add(count, Of(channel));
        }

        foreach (var ((channel, outcome, reason), count) in tally.HandOffs)
        {
            if (reason is null)
            {
                _handOffs.Add(count, Of(channel), new("outcome", outcome));
            }
            else
            {
                _handOffs.Add(count, Of(channel), new("outcome", outcome), new("reason", reason));
            }
        }
    }

    /// <summary>A transaction was not written.</summary>
    /// <param name="unavailable">Because the database was away, not because of what was in it.</param>
    public void TransactionFailed(bool unavailable) =>
        _failedTransactions.Add(1, new KeyValuePair<string, object?>("reason", unavailable ? "unavailable" : "refused"));

    /// <summary>Whether it is worth saying how late each message is.</summary>
    public bool CountsLateness => _lateness.Enabled;

    /// <summary>A message is marked and goes to its channel now.</summary>
    /// <param name="channel">Its channel.</param>
    /// <param name="lateness">Since it was due. Clocks of two silos may differ by more than that.</param>
    public void HandOver(string channel, TimeSpan lateness) => _lateness.Record(Math.Max(0, lateness.TotalSeconds), Of(channel));

    /// <summary>A lane took up what its former owner was handing over.</summary>
    public void TakenUp(int messages, bool held) =>
        _uncertain.Add(messages, new KeyValuePair<string, object?>("outcome", held ? "held" : "resent"));

    public void CatalogueRefreshed() => _refreshes.Add(1);

    public void ReviewFailed() => _failedReviews.Add(1);

    /// <summary>A receiver stopped answering, or answers again.</summary>
    public void BreakerChanged(bool opened) => _breakerChanges.Add(1, new KeyValuePair<string, object?>("state", opened ? "open" : "closed"));

    /// <summary>How many commits wait for a transaction on this silo, asked whenever somebody looks.</summary>
    public void WatchWaitingCommits(Func<int> count) =>
        _meter.CreateObservableUpDownCounter("distributions.commits.waiting", count, "{commit}", "Commits that wait for their transaction");

    /// <summary>
    /// Messages that are owed, by channel and status. Out of the database, which all silos share: where several report it, take the maximum
    /// over the silos, not the sum.
    /// </summary>
    public ObservableGauge<long> WatchPendingMessages(Func<IEnumerable<Measurement<long>>> read) =>
        _meter.CreateObservableGauge("distributions.messages.pending", read, "{message}", "Messages that are not in a final state");

    private static KeyValuePair<string, object?> Of(string channel) => new("channel", channel);
}
