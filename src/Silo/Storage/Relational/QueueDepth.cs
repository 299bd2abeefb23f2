using System.Diagnostics.Metrics;
using Marketing.Observability;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketing.Storage.Relational;

/// <summary>
/// How many messages are owed, by channel. Read every few seconds while somebody listens, from the counters that move with the rows: the
/// cost grows with the number of distributions, not of messages.
/// </summary>
internal sealed partial class QueueDepth : BackgroundService
{
    private const string Sum = "SELECT channel, SUM(queued), SUM(retrying), SUM(sending) FROM message_counts GROUP BY channel";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly ISqlDatabase _database;
    private readonly ILogger<QueueDepth> _logger;
    private readonly ObservableGauge<long> _gauge;
    private volatile IReadOnlyList<Measurement<long>> _last = [];

    public QueueDepth(ISqlDatabase database, EngineMetrics metrics, ILogger<QueueDepth> logger)
    {
        _database = database;
        _logger = logger;
        _gauge = metrics.WatchPendingMessages(() => _last);
    }

    /// <summary>Looks now.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        var channels = await _database.ListAsync(
            session => session.AllAsync(
                new SqlQuery(Sum),
                static row => (Channel: row.Text(0), Queued: row.Number(1), Retrying: row.Number(2), Sending: row.Number(3)),
                cancellation),
            cancellation);
        _last =
        [
            .. channels.SelectMany(channel => new[]
            {
                Pending(channel.Channel, "queued", channel.Queued),
                Pending(channel.Channel, "retrying", channel.Retrying),
                Pending(channel.Channel, "sending", channel.Sending),
            }),
        ];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                if (_gauge.Enabled)
                {
                    await ReadAsync(stoppingToken);
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // Nothing is better than a number that is not true any more.
                _last = [];
                LogUnknown(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static Measurement<long> Pending(string channel, string status, long count) =>
        new(count, new KeyValuePair<string, object?>("channel", channel), new("status", status));

    [LoggerMessage(LogLevel.Warning, "How many messages are pending could not be read")]
    private partial void LogUnknown(Exception failure);
}
