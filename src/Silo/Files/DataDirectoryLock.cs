using Marketing.Storage;
using Microsoft.Extensions.Hosting;

namespace Marketing.Files;

/// <summary>
/// Keeps a second process off a data directory: its silo would take the first one's lanes for abandoned and send again what is under way.
/// Released with the process, however it ends.
/// </summary>
internal sealed class DataDirectoryLock(string directory) : IHostedService, IDisposable
{
    private const int Attempts = 50;

    // A supervisor that restarts the process may start the next one before the last is quite gone.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private FileStream? _held;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; _held is null; attempt++)
        {
            try
            {
                _held = OwnerOnly.OpenWrite(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileShare.None);
            }
            catch (IOException) when (attempt < Attempts)
            {
                await Task.Delay(Between, cancellationToken);
            }
            catch (IOException taken)
            {
                throw new DataDirectoryInUseException(directory, taken);
            }
        }
    }

    // Held until everything that writes is disposed of.
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _held?.Dispose();
}
