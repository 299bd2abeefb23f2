using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Marketing.Browser;

/// <summary>
/// Somebody with a browser. Whatever goes wrong behind their back is collected: errors on the console, violations of the page's policy, answers of 500 and more, requests to other
/// hosts. <see cref="FinishAsync"/> says so.
/// </summary>
public sealed class Visitor(IBrowserContext context) : IAsyncDisposable
{
    private static readonly string[] Rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    private readonly ConcurrentQueue<string> _troubles = new();

    /// <summary>Refusals and outages that the scenario is about.</summary>
    public Func<string, bool> Expected { get; set; } = static _ => false;

    public IBrowserContext Context => context;

    /// <summary>Opens a tab.</summary>
    public async Task<IPage> OpenAsync(string path)
    {
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _troubles.Enqueue($"console: {message.Text} {message.Location}");
            }
        };
        page.PageError += (_, error) => _troubles.Enqueue($"page: {error}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 500)
            {
                _troubles.Enqueue($"{response.Status} {response.Url}");
            }
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("http://127.0.0.1:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("about:", StringComparison.Ordinal))
            {
                _troubles.Enqueue($"foreign: {request.Url}");
            }
        };
        await page.GotoAsync($"/ui{path}");
        return page;
    }

    /// <summary>Looks at the page, small and dark, large and light: nothing scrolls sideways, axe finds nothing, nothing went wrong before. Leaves screenshots.</summary>
    public async Task FinishAsync(IPage page, string name)
    {
        await LookAsync(page, name, 375, 812, ColorScheme.Dark);
        await LookAsync(page, name, 1280, 800, ColorScheme.Light);
        Assert.DoesNotContain(_troubles, trouble => !Expected(trouble));
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private static async Task LookAsync(IPage page, string name, int width, int height, ColorScheme scheme)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await page.SetViewportSizeAsync(width, height);
        Assert.Equal(0, await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
        await page.ScreenshotAsync(new() { Path = Path.Combine(Manager.Screens, $"{name}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}.png"), Animations = ScreenshotAnimations.Disabled });

        // All of the page at once: what stands under a bar that sticks to the edge can be scrolled out from there.
        var whole = await page.EvaluateAsync<int>("document.documentElement.scrollHeight");
        await page.SetViewportSizeAsync(width, Math.Max(height, whole));

        // A mail in its frame is not ours to judge, and runs no scripts that could.
        var found = await page.RunAxe(new AxeRunOptions { Iframes = false, RunOnly = new RunOnlyOptions { Type = "tag", Values = [.. Rules] } });
        Assert.Empty(found.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{name} {width} {scheme}: {violation.Id} {string.Join(' ', node.Target.FrameShadowSelectors.SelectMany(static part => part))} {node.Html}")));
    }
}
