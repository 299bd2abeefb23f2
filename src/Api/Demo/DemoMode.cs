using Marketing.Hosting;

namespace Marketing.Demo;

/// <summary><c>--demo</c> on the command line: the API as usual, and a user of it that shows its main job.</summary>
internal static class DemoMode
{
    private const string Switch = "--demo";
    private const string ManualDelay = "Distributions:ManualDelay";

    /// <summary>Ten minutes is a good countdown for a shop and a long one for somebody who watches.</summary>
    private const string ShortDelay = "00:00:03";

    public static bool IsAskedFor(string[] args) => args.Contains(Switch, StringComparer.Ordinal);

    /// <summary>The other arguments: the command line provider would take whatever follows a bare switch for its value.</summary>
    public static string[] Without(string[] args) => [.. args.Where(argument => argument != Switch)];

    public static void AddDemo(this WebApplicationBuilder builder)
    {
        var delay = builder.Configuration[ManualDelay] ?? ShortDelay;
        builder.Configuration.AddInMemoryCollection([new(Welcome.DemoKey, bool.TrueString), new(ManualDelay, delay)]);

        // The console belongs to the story; what goes wrong is still told.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddHostedService<DemoRun>();
    }
}
