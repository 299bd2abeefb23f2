using System.Globalization;

namespace Marketing.Bench.Deployments;

/// <summary>What the kernel says about a process.</summary>
internal static class ProcessStatus
{
    private const double TicksPerSecond = 100;

    public static int Parent(int process) => int.Parse(Fields(process)![1], CultureInfo.InvariantCulture);

    /// <summary>Processor time of a process, of its children, and of children that have ended.</summary>
    public static TimeSpan TimeOfFamily(int parent)
    {
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) && Fields(process) is { } fields)
            {
                var isParent = process == parent;
                if (isParent || fields[1] == parent.ToString(CultureInfo.InvariantCulture))
                {
                    ticks += fields[11..(isParent ? 15 : 13)].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
                }
            }
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    // From the state on: what is before it, the program's name, may hold anything.
    private static string[]? Fields(int process)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{process}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
