namespace Marketing.Testing;

/// <summary>The last lines of a process, with the time each was read. May be carried on by the process's successor.</summary>
/// <param name="kept">How many.</param>
internal sealed class ProcessOutput(int kept)
{
    private readonly Queue<OutputLine> _lines = new();

    public IReadOnlyList<OutputLine> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public override string ToString() => string.Join('\n', Lines.Select(line => line.Text));

    public void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Enqueue(new OutputLine(DateTimeOffset.UtcNow, line));
            if (_lines.Count > kept)
            {
                _lines.Dequeue();
            }
        }
    }
}

/// <summary>One line, and when it was read.</summary>
internal readonly record struct OutputLine(DateTimeOffset At, string Text);
