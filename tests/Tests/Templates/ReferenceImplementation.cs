using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Marketing.Templates;

/// <summary>What Ruby's Liquid, the reference implementation, makes of all cases: rendered once, by one process.</summary>
public sealed class ReferenceImplementation : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Escapes = new() { ["\\n"] = "\n", ["\\r"] = "\r", ["\\t"] = "\t" };

    private Dictionary<string, string> _rendered = [];

    /// <summary>One template a line, in which line breaks and tabs are written.</summary>
    public static IReadOnlyList<string> Cases { get; } = [.. File.ReadAllLines(PathOf("reference-cases.txt")).Select(Unescape)];

    /// <summary>The variables of all cases, a JSON object.</summary>
    public static byte[] Data { get; } = File.ReadAllBytes(PathOf("reference-data.json"));

    public string this[string template] => _rendered[template];

    public async ValueTask InitializeAsync()
    {
        var start = new ProcessStartInfo("ruby", ["-E", "UTF-8", PathOf("reference.rb"), PathOf("reference-data.json")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["TZ"] = "UTC";
        using var ruby = Process.Start(start) ?? throw new InvalidOperationException("No ruby: apt-get install ruby ruby-liquid.");
        var cancellation = TestContext.Current.CancellationToken;
        var (output, errors) = (ruby.StandardOutput.ReadToEndAsync(cancellation), ruby.StandardError.ReadToEndAsync(cancellation));
        await ruby.StandardInput.WriteAsync(JsonSerializer.Serialize(Cases));
        ruby.StandardInput.Close();
        await ruby.WaitForExitAsync(cancellation);
        Assert.True(ruby.ExitCode == 0, $"ruby: {await errors}");
        var texts = JsonSerializer.Deserialize<string[]>(await output)!;
        _rendered = Cases.Zip(texts).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Unescape(string line) => Escapes.Aggregate(line, (text, escape) => text.Replace(escape.Key, escape.Value, StringComparison.Ordinal));

    private static string PathOf(string file) => System.IO.Path.Combine(AppContext.BaseDirectory, "Templates", file);
}
