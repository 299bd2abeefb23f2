using System.Text;
using System.Text.RegularExpressions;
using Marketing.Testing;
using Xunit;

namespace Marketing.Hosting;

/// <summary>What the README has to type is typed, and shows what the README shows.</summary>
public sealed partial class ReadmeWalkTests
{
    private const string Mark = "= step ";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task The_walk_shows_what_it_says()
    {
        var steps = Steps().ToList();
        Assert.True(steps.Count > 12, $"{steps.Count} steps with an answer");
        await using var engine = new EngineProcess();
        await engine.StartAsync();
        var shown = await TypeAsync(engine, steps);
        Assert.All(steps.Index(), step => Assert.True(
            Pattern(Here(step.Item.Expected, engine)).IsMatch(shown[step.Index]), $"{step.Item.Typed}\nshows\n{shown[step.Index]}\ninstead of\n{step.Item.Expected}"));
    }

    // The blocks behind the one that starts the process: commands, and below them, as comments, what they show. A comment that is indented goes on with the line above it.
    private static IEnumerable<(string Typed, string Expected)> Steps()
    {
        var readme = File.ReadAllText(Repository.File("README.md"));
        var walk = readme[readme.IndexOf("## A walk", StringComparison.Ordinal)..];
        var blocks = Block().Matches(walk[..walk.IndexOf("\n## ", StringComparison.Ordinal)]).Select(match => match.Groups[1].Value).Skip(1);
        var (typed, expected) = (new StringBuilder(), new StringBuilder());
        foreach (var line in blocks.SelectMany(block => block.Split('\n')))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                expected.Append(line.StartsWith("#   ", StringComparison.Ordinal) || expected.Length == 0 ? "" : "\n").Append(line[1..].Trim());
                continue;
            }

            if (expected.Length > 0)
            {
                yield return (typed.ToString(), expected.ToString());
                typed.Clear();
                expected.Clear();
            }

            typed.Append(line).Append('\n');
        }

        yield return (typed.ToString(), expected.ToString());
    }

    private static async Task<IReadOnlyList<string>> TypeAsync(EngineProcess engine, IReadOnlyList<(string Typed, string Expected)> steps)
    {
        var folder = Directory.CreateTempSubdirectory("walk-");
        try
        {
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "data"), engine.Directory);
            var script = Path.Combine(folder.FullName, "walk.sh");
            await File.WriteAllTextAsync(script, string.Concat(steps.Index().Select(step => $"{Here(step.Item.Typed, engine)}\necho\necho '{Mark}{step.Index}'\n")), TestContext.Current.CancellationToken);
            var output = new ProcessOutput(kept: 10_000);
            var start = TiedCommand.Of(["bash", script]);
            start.WorkingDirectory = folder.FullName;
            var process = new ChildProcess(start, output);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(Patience);
            try
            {
                Assert.Equal(0, await process.ExitedAsync(patience.Token));
            }
            finally
            {
                process.Signal("KILL");
            }

            var shown = new List<string>();
            var step = new StringBuilder();
            foreach (var line in output.Lines.Select(line => line.Text))
            {
                if (line.StartsWith(Mark, StringComparison.Ordinal))
                {
                    shown.Add(step.ToString().Trim());
                    step.Clear();
                }
                else
                {
                    step.Append(line).Append('\n');
                }
            }

            return shown;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // This engine's address and keys instead of those the README chooses.
    private static string Here(string text, EngineProcess engine) => text.Replace("http://127.0.0.1:8080", $"http://127.0.0.1:{engine.Port}", StringComparison.Ordinal)
        .Replace("X-App-Id: me", "X-App-Id: test-app", StringComparison.Ordinal).Replace("X-App-Token: secret", "X-App-Token: test-token", StringComparison.Ordinal);

    // The last commands are what is shown: those before them in a step may say something, too.
    private static Regex Pattern(string expected) => new(
        $"(^|\n){Regex.Escape(expected).Replace("…", ".*?", StringComparison.Ordinal)}$", RegexOptions.Singleline, TimeSpan.FromSeconds(10));

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
