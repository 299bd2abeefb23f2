using System.Collections.Concurrent;
using static Marketing.Storage.Postgres.PostgresParameters;

namespace Marketing.Storage.Postgres;

/// <summary>
/// Reserves numbers on a thread of its own, without ever leaving it. Whoever runs out of numbers blocks a thread of the pool until more are there, and
/// in a burst that is soon all of them: had the reservation to wait for one of these, nobody would go on until the pool has grown by a thread for each.
/// </summary>
internal sealed class ReservationThread : IDisposable
{
    private const string Reserve =
        """
        INSERT INTO sequences AS s (name, next) VALUES ($1, 1 + $2)
        ON CONFLICT (name) DO UPDATE SET next = s.next + $2 RETURNING s.next - $2
        """;

    private readonly PostgresDatabase _database;
    private readonly BlockingCollection<Reservation> _waiting = [];

    public ReservationThread(PostgresDatabase database)
    {
        _database = database;
        new Thread(Run) { IsBackground = true, Name = "numbers" }.Start();
    }

    public Task<long> ReserveAsync(NumberSequence sequence, int count)
    {
        var reservation = new Reservation(sequence, count, new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            _waiting.Add(reservation);
            return reservation.Answer.Task;
        }
        catch (InvalidOperationException closed)
        {
            return Task.FromException<long>(new StorageClosedException(closed));
        }
    }

    public void Dispose() => _waiting.CompleteAdding();

    private void Run()
    {
        foreach (var (sequence, count, answer) in _waiting.GetConsumingEnumerable())
        {
            try
            {
                answer.SetResult(_database.NumberNow(Reserve, Text(SequenceNames.Of(sequence)), Long(count)));
            }
            catch (Exception failure)
            {
                answer.SetException(failure);
            }
        }
    }

    private readonly record struct Reservation(NumberSequence Sequence, int Count, TaskCompletionSource<long> Answer);
}
