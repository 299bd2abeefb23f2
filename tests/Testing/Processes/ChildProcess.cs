using System.Diagnostics;

namespace Marketing.Testing;

/// <summary>
/// A process with a thread of its own. The kernel's "signal at the parent's death" means the thread that forked, and those of
/// the pool end whenever it shrinks, so the thread that starts the process lives as long as the process does.
/// </summary>
internal sealed class ChildProcess
{
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ProcessOutput _output;

    /// <param name="command">What to start.</param>
    /// <param name="output">Where its lines are kept.</param>
    public ChildProcess(ProcessStartInfo command, ProcessOutput output)
    {
        _output = output;
        command.RedirectStandardOutput = true;
        command.RedirectStandardError = true;
        new Thread(() => Run(command)) { IsBackground = true, Name = command.FileName }.Start();
    }

    public int Id => _started.Task.GetAwaiter().GetResult();

    public bool HasExited => _exited.Task.IsCompleted;

    /// <summary>The exit code, when there is one and the last line was read.</summary>
    public Task<int> ExitedAsync(CancellationToken cancellationToken) => _exited.Task.WaitAsync(cancellationToken);

    /// <summary>Sends a signal, by its name without SIG. A process that is gone already does not mind.</summary>
    public void Signal(string name)
    {
        if (HasExited)
        {
            return;
        }

        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{name}", $"{Id}"]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }

    private void Run(ProcessStartInfo command)
    {
        try
        {
            using var process = new Process { StartInfo = command };
            process.OutputDataReceived += (_, line) => _output.Keep(line.Data);
            process.ErrorDataReceived += (_, line) => _output.Keep(line.Data);
            process.Start();
            _started.SetResult(process.Id);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.WaitForExit();
            _output.Keep($"(ended with {process.ExitCode})");
            _exited.SetResult(process.ExitCode);
        }
        catch (Exception failure)
        {
            _started.TrySetException(failure);
            _exited.TrySetException(failure);
        }
    }
}
