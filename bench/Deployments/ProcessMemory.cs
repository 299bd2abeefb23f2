using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Marketing.Bench.Deployments;

/// <summary>What this process has in memory and whose it is, in bytes.</summary>
/// <param name="Heap">What is alive in the managed heap, after a collection.</param>
/// <param name="Committed">What the collector has for it.</param>
/// <param name="Allocated">What was taken from the C library and not given back: SQLite's, the runtime's own.</param>
/// <param name="Free">What the C library keeps of what was given back.</param>
/// <param name="Sqlite">SQLite's share of it: pages, statements, schemas.</param>
/// <param name="Methods">How many methods were compiled.</param>
/// <param name="Threads">How many there are.</param>
/// <param name="Anonymous">What is resident and of no file.</param>
/// <param name="WorkingSet">All that is resident.</param>
internal sealed record ProcessMemory(long Heap, long Committed, long Allocated, long Free, long Sqlite, long Methods, long Threads, long Anonymous, long WorkingSet)
{
    public static ProcessMemory Look()
    {
        var malloc = mallinfo2();
        var status = File.ReadLines("/proc/self/status").Select(line => line.Split(':')).ToDictionary(line => line[0], line => line[1].Trim());
        return new ProcessMemory(
            GC.GetTotalMemory(forceFullCollection: false), GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes, (long)(malloc.Used + malloc.Mapped), (long)malloc.Free,
            raw.sqlite3_memory_used(), JitInfo.GetCompiledMethodCount(), Number("Threads"), Number("RssAnon") * 1024, Number("VmRSS") * 1024);

        long Number(string name) => long.Parse(status[name].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"heap {Heap / 1e6:F1}, committed {Committed / 1e6:F1}, C library {Allocated / 1e6:F1} and {Free / 1e6:F1} free, of it SQLite {Sqlite / 1e6:F1}, anonymous {Anonymous / 1e6:F1}, working set {WorkingSet / 1e6:F1} MB; {Methods:N0} methods compiled, {Threads} threads");

    [DllImport("libc")]
    private static extern Mallinfo mallinfo2();

    [StructLayout(LayoutKind.Sequential)]
    private struct Mallinfo
    {
        public nuint Arena, FreeChunks, FastChunks, MappedBlocks, Mapped, Unused, FastBytes, Used, Free, Releasable;
    }
}
