using System.Diagnostics;

namespace Marketing.Testing;

/// <summary>
/// A process with a thread of its own. The kernel's "signal at the parent's death" means the thread that forked, and those of
/// the pool end whenever it shrinks, so the thread that starts the process lives as long as the process does.
/// </summary>
internal sealed class ServerProcess
{
    private const int Kept = 50;

    private readonly Queue<string> _output = new();
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ServerProcess(ProcessStartInfo command)
    {
        command.RedirectStandardOutput = true;
        command.RedirectStandardError = true;
        new Thread(() => Run(command)) { IsBackground = true, Name = command.FileName }.Start();
    }

    public bool HasExited => _exited.Task.IsCompleted;

    /// <summary>The exit code, when there is one.</summary>
    public Task<int> ExitedAsync(CancellationToken cancellationToken) => _exited.Task.WaitAsync(cancellationToken);

    /// <summary>The last lines of a process that has ended.</summary>
    public async Task<string> OutputAsync(CancellationToken cancellationToken)
    {
        await ExitedAsync(cancellationToken);
        lock (_output)
        {
            return string.Join('\n', _output);
        }
    }

    /// <summary>Asks for a fast shutdown, or an immediate one.</summary>
    public void Stop(bool immediate)
    {
        using var kill = Process.Start("kill", [immediate ? "-QUIT" : "-INT", $"{_started.Task.GetAwaiter().GetResult()}"]);
        kill.WaitForExit();
    }

    private void Run(ProcessStartInfo command)
    {
        try
        {
            using var process = new Process { StartInfo = command };
            process.OutputDataReceived += (_, line) => Keep(line.Data);
            process.ErrorDataReceived += (_, line) => Keep(line.Data);
            process.Start();
            _started.SetResult(process.Id);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.WaitForExit();
            _exited.SetResult(process.ExitCode);
        }
        catch (Exception failure)
        {
            _started.TrySetException(failure);
            _exited.TrySetException(failure);
        }
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            if (line is not null)
            {
                _output.Enqueue(line);
            }

            while (_output.Count > Kept)
            {
                _output.Dequeue();
            }
        }
    }
}
