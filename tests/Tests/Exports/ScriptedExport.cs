using System.Globalization;
using Marketing.Behaviour;
using Marketing.Shapes;

namespace Marketing.Exports;

/// <summary>Numbers as objects: as many as the test wants, without a database. A page can be held up, or fail.</summary>
internal sealed class ScriptedExport : IExportSource
{
    private readonly Dictionary<int, Func<Task>> _at = [];

    public int Count { get; set; } = 10;

    public string Name => "number";

    /// <summary>The word is another order than the number.</summary>
    public IReadOnlyList<ExportField> Fields { get; } = [ExportFields<string>.Text("number", number => number), ExportFields<string>.Text("word", WordOf)];

    public IReadOnlyList<string> Usual { get; } = ["number", "word"];

    public IReadOnlyList<string> Orders { get; } = ["number", "word"];

    public string? WalkedIn => "number";

    public Shape Shape { get; } = new("number", "A number") { Fields = [Marketing.Shapes.Fields.Number("number")] };

    public Func<ExportItem, RawJson?>? Metadata => null;

    public static string WordOf(string number) => (int.Parse(number, CultureInfo.InvariantCulture) * 7919 % 10_007).ToString("D5", CultureInfo.InvariantCulture);

    /// <summary>The page that begins with an object waits once.</summary>
    public HeldCall HoldAt(int number)
    {
        var held = new HeldCall();
        _at[number] = () =>
        {
            _at.Remove(number);
            return held.WaitAsync();
        };
        return held;
    }

    /// <summary>The page that begins with an object never comes.</summary>
    public void FailAt(int number) => _at[number] = () => Task.FromException(new InvalidOperationException("secret"));

    public async Task<ExportPage> WalkAsync(int project, string? after, int limit)
    {
        var first = after is null ? 0 : int.Parse(after, CultureInfo.InvariantCulture);
        if (_at.TryGetValue(first, out var happens))
        {
            await happens();
        }

        var numbers = Enumerable.Range(first, Math.Min(limit, Count - first)).Select(number => number.ToString("D6", CultureInfo.InvariantCulture));
        return new ExportPage(
            [.. numbers.Select(number => new ExportItem(System.Text.Encoding.UTF8.GetBytes($$"""{"number":{{int.Parse(number, CultureInfo.InvariantCulture)}}}"""), number))],
            first + limit < Count ? (first + limit).ToString(CultureInfo.InvariantCulture) : null);
    }
}
